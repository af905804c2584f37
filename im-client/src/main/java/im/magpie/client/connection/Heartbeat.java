package im.magpie.client.connection;

import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.PingReply;
import im.magpie.codec.protocol.PingRequest;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Asks the server at every heartbeat how this device stands, whatever else is written, and closes a connection on which
 * nothing comes any more. Used by the client's loop only.
 */
public final class Heartbeat {

    private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(25);

    private final Duration grace;
    private final Consumer<PingReply> pong;

    /**
     * @param grace how much longer than the interval nothing may come
     * @param pong takes every answer
     */
    public Heartbeat(Duration grace, Consumer<PingReply> pong) {
        this.grace = grace;
        this.pong = pong;
    }

    /** Beats until the link is closed. */
    public void start(Link link) {
        var named = Duration.ofMillis(link.welcome().getHeartbeatIntervalMs());
        var interval = named.isPositive() ? named : DEFAULT_INTERVAL;
        link.later(interval, () -> ping(link, interval));
        look(link, interval.plus(grace));
    }

    private void ping(Link link, Duration interval) {
        link.later(interval, () -> ping(link, interval));
        link.request(id -> new Request.Ping(id, PingRequest.getDefaultInstance()), interval, reply -> {
            if (reply instanceof Reply.PingOk ok) {
                pong.accept(ok.body());
            }
        });
    }

    private void look(Link link, Duration deadAfter) {
        var left = deadAfter.minus(link.silence());
        if (left.isPositive()) {
            link.later(left, () -> look(link, deadAfter));
        } else {
            link.close();
        }
    }
}
