package im.magpie.tcp.node;

import im.magpie.common.error.MagpieException;
import im.magpie.common.node.GatewayNode;
import im.magpie.common.node.NodeRegistry;
import im.magpie.tcp.connection.Connections;
import im.magpie.tcp.transport.Ports;
import im.magpie.tcp.work.Loop;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a node known with its load. When the registry was out of reach and is back, {@code onRecovered} hears of it, by
 * the membership's thread. Joined and left by one thread.
 */
public final class Membership {

    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);

    private final NodeRegistry registry;
    private final Incarnation own;
    private final String host;
    private final Connections connections;
    private final BooleanSupplier ready;
    private final Duration renewEvery;
    private final Runnable onRecovered;
    private volatile boolean everKnown;
    private @Nullable Loop loop;
    private boolean lost;
    private Ports ports = new Ports(0, 0);

    /**
     * Makes a membership of a node that is not known yet; {@code host} is where clients reach it, {@code ready} whether it
     * can serve them.
     */
    public Membership(
            NodeRegistry registry,
            Incarnation own,
            String host,
            Connections connections,
            BooleanSupplier ready,
            Duration renewEvery,
            Runnable onRecovered) {
        this.registry = registry;
        this.own = own;
        this.host = host;
        this.connections = connections;
        this.ready = ready;
        this.renewEvery = renewEvery;
        this.onRecovered = onRecovered;
    }

    /** Makes the node known: at once, or as soon as the registry can be reached. */
    void join(Ports ports) {
        this.ports = ports;
        renew();
        loop = Loop.start("membership", this::step);
    }

    /** Makes the node unknown, as far as the registry can be reached. */
    void leave() throws InterruptedException {
        if (loop != null) {
            loop.close();
            loop.join(renewEvery);
        }
        try {
            registry.deregister(node());
        } catch (MagpieException e) {
            LOG.warn("The node can't make itself unknown: {}", e.toString());
        }
    }

    /** Returns whether the node has made itself known: from then on its clients need the registry no more. */
    public boolean everKnown() {
        return everKnown;
    }

    /** Returns the other nodes, those that are ready where there are any; none when the registry can't be reached. */
    List<GatewayNode> others() {
        try {
            var others = registry.nodes().stream()
                    .filter(node -> !node.incarnation().equals(own.name()))
                    .toList();
            var ready = others.stream().filter(GatewayNode::ready).toList();
            return ready.isEmpty() ? others : ready;
        } catch (MagpieException e) {
            LOG.warn("No other nodes are known: {}", e.toString());
            return List.of();
        }
    }

    private void step() throws InterruptedException {
        Thread.sleep(renewEvery);
        renew();
    }

    private void renew() {
        try {
            registry.register(node());
            everKnown = true;
            if (lost) {
                lost = false;
                onRecovered.run();
            }
        } catch (MagpieException e) {
            LOG.warn("The node can't make itself known: {}", e.toString());
            lost = true;
        }
    }

    private GatewayNode node() {
        return new GatewayNode(
                own.nodeId(),
                own.name(),
                host,
                ports.tcp(),
                ports.webSocket(),
                connections.count(),
                ready.getAsBoolean());
    }
}
