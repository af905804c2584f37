package im.magpie.client.room;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.Room;
import im.magpie.codec.protocol.RoomMessage;

/**
 * Hears what is said in a room, and what happens to it. Calls come one at a time, in order, on a virtual thread that the client has for all its rooms: a
 * listener may block it, and holds up no chat, but the listeners of other rooms. What there is no time for is left out: where 500 calls wait, messages of LOW
 * priority, from 750 on NORMAL ones, from 1,000 on HIGH ones, and events never.
 */
public interface RoomListener {

    /**
     * Somebody says something, the user himself too. A message that was told already does not come again. Messages come in the order of their numbers, but for
     * one that was overtaken on its way to this device.
     */
    default void onMessage(RoomMessage message) {}

    /** The room was changed, or closed, or somebody may do something else there than before. */
    default void onEvent(RoomMessage event) {}

    /**
     * Before what is told next, messages were left out: for load, for the slowness of this listener, or because the device had no connection. Of what was said
     * before a new run began, when a room had been silent for long, it is not known.
     *
     * @param count how many at most: one that was overtaken may come yet
     */
    default void onMissed(String roomId, long count) {}

    /** The connection had been lost, and now the device is in the room again. */
    default void onReturn(Room room) {}

    /**
     * The device is not in the room any more, and not by its own wish; it does not enter by itself again.
     *
     * @param why ROOM_CLOSED, BANNED, or for what else the server does not let it in
     */
    default void onOut(String roomId, ErrorCode why) {}
}
