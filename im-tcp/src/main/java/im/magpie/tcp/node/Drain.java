package im.magpie.tcp.node;

import im.magpie.codec.packet.Push;
import im.magpie.codec.protocol.GoAway;
import im.magpie.tcp.connection.Connection;
import im.magpie.tcp.connection.Connections;
import im.magpie.tcp.connection.UnansweredLimit;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends all clients away before a node stops: each closes once it has acknowledged what it was pushed and heard what it
 * asked, or when time is up.
 */
public final class Drain {

    private static final Logger LOG = LoggerFactory.getLogger(Drain.class);
    private static final Duration GLANCE = Duration.ofMillis(50);

    private final Connections connections;
    private final Supplier<DrainSettings> settings;

    public Drain(Connections connections, Supplier<DrainSettings> settings) {
        this.connections = connections;
        this.settings = settings;
    }

    /**
     * Blocks until all connections are closed; {@code elsewhere} tells each where it may connect instead, or is empty.
     */
    void run(Function<Connection, String> elsewhere) throws InterruptedException {
        var all = connections.all().stream()
                .filter(connection -> connection.session() != null)
                .toList();
        if (all.isEmpty()) {
            return;
        }
        var manner = settings.get();
        LOG.info("Sending {} clients away", all.size());
        var open = new CountDownLatch(all.size());
        for (var connection : all) {
            connection.channel().closeFuture().addListener(_ -> open.countDown());
            var delay = ThreadLocalRandom.current().nextLong(manner.spread().toNanos() + 1);
            connection
                    .channel()
                    .eventLoop()
                    .schedule(() -> sendAway(connection, elsewhere, manner), delay, TimeUnit.NANOSECONDS);
        }
        var most = manner.spread().plus(manner.stay());
        if (!open.await(most.plus(GLANCE).toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("{} clients have not gone", open.getCount());
        }
    }

    private void sendAway(Connection connection, Function<Connection, String> elsewhere, DrainSettings manner) {
        var address = elsewhere.apply(connection);
        connection.write(new Push.GoAway(GoAway.newBuilder().setAddress(address).build()));
        var loop = connection.channel().eventLoop();
        schedule(connection, manner.linger(), now(loop) + manner.stay().toNanos());
    }

    private void schedule(Connection connection, Duration delay, long deadline) {
        connection
                .channel()
                .eventLoop()
                .schedule(() -> closeWhenQuiet(connection, deadline), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void closeWhenQuiet(Connection connection, long deadline) {
        var quiet = connection.deliveries().settled() && UnansweredLimit.noneOf(connection);
        if (quiet || now(connection.channel().eventLoop()) - deadline >= 0) {
            connection.channel().close();
        } else {
            schedule(connection, GLANCE, deadline);
        }
    }

    private static long now(EventExecutor loop) {
        return loop.ticker().nanoTime();
    }
}
