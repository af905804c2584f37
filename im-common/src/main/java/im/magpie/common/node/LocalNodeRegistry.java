package im.magpie.common.node;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The registry of a system whose services share one JVM. */
public final class LocalNodeRegistry implements NodeRegistry {

    private final ConcurrentMap<String, GatewayNode> nodes = new ConcurrentHashMap<>();

    @Override
    public void register(GatewayNode node) {
        nodes.put(node.incarnation(), node);
    }

    @Override
    public void deregister(GatewayNode node) {
        nodes.remove(node.incarnation());
    }

    @Override
    public List<GatewayNode> nodes() {
        return List.copyOf(nodes.values());
    }
}
