package im.magpie.tcp.room;

import com.google.protobuf.ByteString;
import im.magpie.codec.protocol.Room;
import im.magpie.codec.protocol.RoomEvent;
import im.magpie.codec.protocol.RoomMessage;
import im.magpie.codec.protocol.RoomPush;
import im.magpie.codec.protocol.RoomUser;

/** The events that the node tells of by itself, where the services' were not pushed to it. */
final class Events {

    /** Returns that a room is closed. */
    static ByteString closed(RoomName room, long version, long serverTime) {
        return event(
                room,
                RoomEvent.newBuilder()
                        .setClosed(Room.newBuilder()
                                .setRoomId(room.roomId())
                                .setClosed(true)
                                .setVersion(version)),
                serverTime);
    }

    /** Returns what a user may do in a room now. */
    static ByteString user(RoomName room, RoomUser user, long serverTime) {
        return event(room, RoomEvent.newBuilder().setUser(user), serverTime);
    }

    private static ByteString event(RoomName room, RoomEvent.Builder event, long serverTime) {
        return RoomPush.newBuilder()
                .addMessages(RoomMessage.newBuilder()
                        .setRoomId(room.roomId())
                        .setEvent(event)
                        .setServerTime(serverTime))
                .build()
                .toByteString();
    }

    private Events() {}
}
