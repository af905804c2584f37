package im.magpie.tcp.heartbeat;

import im.magpie.tcp.connection.Connections;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reconciles every connection of the node after it was cut off from the broker or the registry: sessions that were lost
 * meanwhile come back, superseded ones go. Spread over some seconds, so that the services are not asked all at once.
 */
public final class Reconciliation {

    /** Goes through a connection's pipeline when it is its turn. */
    public enum Turn {
        NOW
    }

    private static final Logger LOG = LoggerFactory.getLogger(Reconciliation.class);

    private final Connections connections;
    private final Duration spread;

    public Reconciliation(Connections connections, HeartbeatSettings settings) {
        this.connections = connections;
        this.spread = settings.spread();
    }

    /** Gives every connection its turn. Never blocks; may be called by any thread. */
    public void all(String reason) {
        LOG.info("Reconciling {} connections: {}", connections.count(), reason);
        for (var connection : connections.all()) {
            var channel = connection.channel();
            var delay = ThreadLocalRandom.current().nextLong(spread.toNanos() + 1);
            channel.eventLoop()
                    .schedule(() -> channel.pipeline().fireUserEventTriggered(Turn.NOW), delay, TimeUnit.NANOSECONDS);
        }
    }
}
