package im.magpie.tcp.room;

import im.magpie.common.rpc.Rooms;
import im.magpie.tcp.session.ServerClock;
import im.magpie.tcp.work.Loop;
import java.util.List;

/** What keeps the node's rooms and the services in agreement, from its making to its close: renewals and questions, each on a thread of its own. */
public final class RoomWork implements AutoCloseable {

    private final Renewal renewal;
    private final List<Loop> loops;

    /**
     * Begins to work at once.
     *
     * @param incarnation of the node
     */
    public RoomWork(
            RoomWorkSettings settings,
            RoomIndex index,
            Rooms rooms,
            String incarnation,
            ServerClock clock,
            RoomMeters meters) {
        this.renewal = new Renewal(index, rooms, incarnation, settings, clock, meters);
        var missed = new MissedEvents(index, rooms, settings.missedPatience(), clock, meters);
        this.loops = List.of(Loop.start("room-renewal", renewal::step), Loop.start("room-questions", missed::step));
    }

    /** What was pushed to the node meanwhile is lost: looks whether its rooms have gone on. Never blocks. */
    public void again() {
        renewal.soon();
    }

    @Override
    public void close() {
        loops.forEach(Loop::close);
    }
}
