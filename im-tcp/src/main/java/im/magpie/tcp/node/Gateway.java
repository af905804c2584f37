package im.magpie.tcp.node;

import im.magpie.tcp.push.PushQueue;
import im.magpie.tcp.session.SessionEnds;
import im.magpie.tcp.transport.GatewayServer;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.Ordered;

/**
 * The life of a node. It is made known last, when it can serve; at its end it is unknown first, so that nobody is sent
 * to it any more, and then sends its clients away.
 *
 * <p>It ends before everything else of its context, when the context says that it closes: later Dubbo's references are
 * dead, and nobody could hear of the sessions that end.
 */
public final class Gateway implements SmartLifecycle, ApplicationListener<ContextClosedEvent>, Ordered {

    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final Duration GLANCE = Duration.ofMillis(20);
    private static final int GLANCES = 100;

    private final NodeSettings settings;
    private final GatewayServer server;
    private final PushQueue pushes;
    private final Membership membership;
    private final Drain drain;
    private final SessionEnds ends;
    private volatile boolean running;

    public Gateway(
            NodeSettings settings,
            GatewayServer server,
            PushQueue pushes,
            Membership membership,
            Drain drain,
            SessionEnds ends) {
        this.settings = settings;
        this.server = server;
        this.pushes = pushes;
        this.membership = membership;
        this.drain = drain;
        this.ends = ends;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException when the broker can't be reached for long or a port can't be had
     */
    @Override
    public void start() {
        try {
            pushes.start();
            if (!pushes.awaitReady(settings.brokerPatience())) {
                throw new IllegalStateException("The broker could not be reached within " + settings.brokerPatience());
            }
            membership.join(server.bind());
            running = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while it started", e);
        }
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        stop();
    }

    @Override
    public void stop() {
        if (!running) {
            return;
        }
        running = false;
        try {
            membership.leave();
            server.stopListening();
            drain.run(new Elsewhere(membership.others()));
            server.closeConnections();
            awaitSessionEnds();
        } catch (InterruptedException _) {
            LOG.warn("Stopping at once");
            Thread.currentThread().interrupt();
        }
    }

    /** Else the next login of every device would find a session of a node that is gone. */
    private void awaitSessionEnds() throws InterruptedException {
        for (var i = 0; i < GLANCES && !ends.idle(); i++) {
            Thread.sleep(GLANCE);
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
