package im.magpie.service.room;

import im.magpie.codec.protocol.Room;
import im.magpie.common.user.UserKey;
import im.magpie.service.request.Actor;
import java.util.List;

/** All that is recorded of users in rooms, for those who may know it. Blocks; safe for use by many threads. */
public final class RoomRecords {

    private static final int ROWS_AT_ONCE = 100;

    private final RoomMapper rooms;
    private final RoomLists lists;
    private final RoomMemory memory;

    RoomRecords(RoomMapper rooms, RoomLists lists, RoomMemory memory) {
        this.rooms = rooms;
        this.lists = lists;
        this.memory = memory;
    }

    /** Returns some of the rooms that a user owns or that know something of him, with what he is in them, from behind an id on; none in the end. */
    public List<Room> rooms(UserKey user, String after) {
        return rooms.knowing(user, after, ROWS_AT_ONCE).stream()
                .map(roomId -> lists.room(Actor.of(user), lists.require(new RoomKey(user.appId(), roomId))))
                .toList();
    }

    /** Returns what a user has said in rooms that keep it, to be walked through. */
    public RoomMemory.Walk saidBy(UserKey user) {
        return memory.saidBy(user);
    }
}
