package im.magpie.tcp.room;

import im.magpie.common.partition.Partitions;
import im.magpie.common.rpc.Rooms;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The lanes of what is said in rooms, apart from those of chats. A room's hash chooses its lane, so that what one connection says in one room stays in its order.
 * Safe for use by many threads.
 */
public final class RoomLanes implements AutoCloseable {

    private final List<RoomLane> lanes;

    /** Makes lanes that begin to work at once. */
    public RoomLanes(RoomWorkSettings settings, Rooms rooms, RoomMeters meters) {
        this.lanes = IntStream.range(0, settings.lanes())
                .mapToObj(number -> new RoomLane(number, settings, rooms, meters))
                .toList();
    }

    /** Takes a message, or returns false: then it has to be answered BUSY. Never blocks. */
    boolean offer(PendingSay say) {
        var hash = Partitions.hash(say.room().appId(), say.room().roomId());
        return lanes.get(Math.floorMod(hash, lanes.size())).offer(say);
    }

    @Override
    public void close() {
        lanes.forEach(RoomLane::close);
    }
}
