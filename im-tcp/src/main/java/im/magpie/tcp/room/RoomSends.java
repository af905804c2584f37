package im.magpie.tcp.room;

import im.magpie.codec.content.ContentRules;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.RoomSendRequest;
import im.magpie.common.error.MagpieException;
import im.magpie.common.rate.TokenBucket;
import im.magpie.tcp.connection.Connection;
import im.magpie.tcp.send.SendChecks;
import io.netty.util.concurrent.Ticker;
import java.util.function.Supplier;

/** What one connection says in rooms. Used by its event loop only. */
public final class RoomSends {

    /**
     * What the sends of all connections share.
     *
     * @param settings as they are now
     */
    public record Shared(
            SendChecks checks,
            RoomIndex index,
            RoomLanes lanes,
            Supplier<RoomSettings> settings,
            RoomMeters meters,
            Ticker ticker) {

        /** Makes the sends of a connection. */
        public RoomSends of(Connection connection) {
            return new RoomSends(connection, this);
        }
    }

    private final Connection connection;
    private final Shared shared;
    private final TokenBucket rate;

    private RoomSends(Connection connection, Shared shared) {
        this.connection = connection;
        this.shared = shared;
        this.rate = new TokenBucket(shared.ticker().nanoTime());
    }

    /** Brings a message on its way, or refuses it. */
    public void send(Request.RoomSend request) {
        var name = new RoomName(
                connection.requireSession().getAppId(), request.body().getRoomId());
        var say = new PendingSay(connection, request, name, System.nanoTime());
        try {
            check(request.body(), name);
            var pause = admit();
            if (pause > 0) {
                say.refuse(ErrorCode.RATE_LIMITED, "too many messages a second", pause, shared.meters());
            } else if (!shared.lanes().offer(say)) {
                say.refuse(ErrorCode.BUSY, "too much is under way", 0, shared.meters());
            }
        } catch (MagpieException e) {
            say.refuse(e.code(), String.valueOf(e.getMessage()), 0, shared.meters());
        }
    }

    private void check(RoomSendRequest request, RoomName name) {
        if (!shared.index().has(connection, name)) {
            throw new MagpieException(ErrorCode.NOT_IN_ROOM, "enter the room first");
        }
        SendChecks.clientMessageId(request.getClientMessageId());
        shared.checks().requireContent(request.getContent(), ContentRules::violationInRoom);
    }

    /** Returns 0, or after how many milliseconds, jittered, it should come again. */
    private int admit() {
        var now = shared.ticker().nanoTime();
        var settings = shared.settings().get();
        var perSecond = settings.sendsPerSecond();
        return rate.takeUpTo(1, perSecond, settings.sendBurst(), now) == 1
                ? 0
                : TokenBucket.pauseMillis(rate.nanosUntil(1, perSecond, settings.sendBurst(), now));
    }
}
