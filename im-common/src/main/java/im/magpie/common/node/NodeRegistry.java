package im.magpie.common.node;

import java.util.List;

/** Where gateways make themselves known to those who tell clients of them. Implementations are safe for use by many threads. */
public interface NodeRegistry {

    /**
     * Makes a node known, or renews what is known of it. It stays known until it deregisters or its process is gone.
     *
     * @throws im.magpie.common.error.MagpieException with UNAVAILABLE when the registry can't be reached
     */
    void register(GatewayNode node);

    /** Makes a node unknown; does nothing when it was not known. */
    void deregister(GatewayNode node);

    /** Returns the nodes that live as far as the registry knows, in no particular order. */
    List<GatewayNode> nodes();
}
