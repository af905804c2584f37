package im.magpie.tcp.heartbeat;

import im.magpie.codec.packet.Push;
import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.IndexVersion;
import im.magpie.codec.protocol.PingReply;
import im.magpie.common.rpc.ReconcileOutcome;
import im.magpie.common.rpc.SessionRef;
import im.magpie.tcp.connection.Connection;
import im.magpie.tcp.session.ServerClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The PINGs of one connection, and whether it is being reconciled. Its event loop calls what has no other note. */
public final class Heartbeat {

    private final Connection connection;
    private final Duration patience;
    private final ServerClock clock;
    private final Predicate<Heartbeat> offer;
    private final ArrayDeque<Request.Ping> waiting = new ArrayDeque<>();
    private boolean underWay;

    Heartbeat(Connection connection, Duration patience, ServerClock clock, Predicate<Heartbeat> offer) {
        this.connection = connection;
        this.patience = patience;
        this.clock = clock;
        this.offer = offer;
    }

    /** Answers a PING when the services have said how the connection stands, or when they have not in time. */
    public void ping(Request.Ping ping) {
        waiting.add(ping);
        connection.channel().eventLoop().schedule(() -> expire(ping), patience.toNanos(), TimeUnit.NANOSECONDS);
        reconcile();
    }

    /** Asks the services how the connection stands, unless they are being asked. */
    public void reconcile() {
        if (!underWay) {
            underWay = offer.test(this);
        }
    }

    SessionRef session() {
        return connection.requireSession();
    }

    /** Called by any thread. */
    boolean alive() {
        return connection.channel().isActive();
    }

    /** The services have answered. Called by any thread. */
    void outcome(ReconcileOutcome outcome) {
        connection.execute(() -> {
            if (outcome.getState() == ReconcileOutcome.State.SUPERSEDED) {
                connection.lastWords(new Push.Kicked(outcome.getKicked()));
            } else {
                answerAll(outcome.hasIndexVersion() ? outcome.getIndexVersion() : null);
            }
        });
    }

    /** The services did not answer. Called by any thread. */
    void noOutcome() {
        connection.execute(() -> answerAll(null));
    }

    private void answerAll(@Nullable IndexVersion version) {
        underWay = false;
        while (!waiting.isEmpty()) {
            answer(waiting.removeFirst(), version);
        }
    }

    private void expire(Request.Ping ping) {
        if (waiting.removeFirstOccurrence(ping)) {
            answer(ping, null);
        }
    }

    private void answer(Request.Ping ping, @Nullable IndexVersion version) {
        var pong = PingReply.newBuilder()
                .setServerTime(clock.millis())
                .setSyncRequired(connection.deliveries().takeMissed());
        if (version != null) {
            pong.setIndexVersion(version);
        }
        connection.write(new Reply.PingOk(ping.requestId(), pong.build()));
    }
}
