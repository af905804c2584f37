package im.magpie.service.gateway;

import im.magpie.common.node.GatewayNode;
import im.magpie.common.node.NodeRegistry;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/** The gateways in an order in which a client may try them. Safe for use by many threads. */
public final class Gateways {

    private final NodeRegistry registry;
    private final RandomGenerator random;

    public Gateways(NodeRegistry registry, RandomGenerator random) {
        this.registry = registry;
        this.random = random;
    }

    /**
     * Returns the gateways in a random order, in which each comes first with a chance in inverse proportion to its connections: simply the
     * emptiest first would send every client to the same one until its next report. Those that are not ready come last: when none is, they
     * are what there is to try.
     */
    public List<GatewayNode> inOrder() {
        return registry.nodes().stream()
                .map(node -> new Drawn(node, draw(node)))
                .sorted(Comparator.comparing((Drawn drawn) -> !drawn.node().ready())
                        .thenComparingDouble(Drawn::lot))
                .map(Drawn::node)
                .toList();
    }

    /** The least of exponentially distributed lots is each one's with a chance in proportion to its rate. */
    private double draw(GatewayNode node) {
        return random.nextExponential() * (1.0 + node.connections());
    }

    private record Drawn(GatewayNode node, double lot) {}
}
