package im.magpie.service.room;

import im.magpie.codec.protocol.RoomEvent;
import im.magpie.codec.protocol.RoomMessage;
import im.magpie.codec.protocol.RoomPriority;
import im.magpie.codec.protocol.RoomPush;
import im.magpie.common.broker.RoomAudience;
import im.magpie.service.push.Push;
import im.magpie.service.push.PushPublisher;
import im.magpie.service.push.ToRoom;
import java.util.List;

/** Tells of what has happened to rooms: Redis of their versions, and then the nodes that are present. Blocks; safe for use by many threads. */
final class RoomEvents {

    private final RoomNodes nodes;
    private final RoomViews views;
    private final PushPublisher pushes;

    RoomEvents(RoomNodes nodes, RoomViews views, PushPublisher pushes) {
        this.nodes = nodes;
        this.views = views;
        this.pushes = pushes;
    }

    /**
     * Tells what was committed; what was done before already, once more to Redis, in case that it did not hear of it then.
     *
     * @param actorId who has done it; empty for the business system
     * @throws im.magpie.common.error.MagpieException UNAVAILABLE when Redis did not answer
     */
    void tell(String actorId, RoomLedger.Done done) {
        views.know(done.row());
        var present = nodes.changed(done.row().key(), done.row().version());
        var event = done.event();
        if (event != null && !present.isEmpty()) {
            var body = RoomPush.newBuilder().addMessages(message(actorId, done, event));
            pushes.publish(List.of(
                    Push.toRoom(body.build().toByteString(), new ToRoom(present, audience(done.row(), event)))));
        }
    }

    private static RoomMessage message(String actorId, RoomLedger.Done done, RoomEvent event) {
        return RoomMessage.newBuilder()
                .setRoomId(done.row().roomId())
                .setSenderId(actorId)
                .setEvent(event)
                .setServerTime(done.time())
                .setPriority(RoomPriority.HIGH)
                .build();
    }

    private static RoomAudience audience(RoomRow row, RoomEvent event) {
        var audience = RoomAudience.newBuilder()
                .setAppId(row.appId())
                .setRoomId(row.roomId())
                .setPriority(RoomPriority.HIGH_VALUE)
                .setVersion(row.version())
                .setClosed(event.hasClosed());
        if (event.hasUser() && event.getUser().getBannedUntil() > 0) {
            audience.addGone(event.getUser().getUserId());
        }
        return audience.build();
    }
}
