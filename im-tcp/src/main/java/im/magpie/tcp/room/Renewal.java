package im.magpie.tcp.room;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import im.magpie.common.rpc.RoomPresence;
import im.magpie.common.rpc.RoomRenewal;
import im.magpie.common.rpc.RoomState;
import im.magpie.common.rpc.Rooms;
import im.magpie.tcp.session.ServerClock;
import im.magpie.tcp.work.Loop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Gatherers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says again which rooms the node has connections in, before its leases end, and at once in which it has none any more. The same calls say whether the node has
 * missed something of them. For one thread.
 */
final class Renewal {

    private static final Logger LOG = LoggerFactory.getLogger(Renewal.class);

    private static final int MOST_ROOMS = 500;

    private final RoomIndex index;
    private final Rooms rooms;
    private final String incarnation;
    private final RoomWorkSettings settings;
    private final ServerClock clock;
    private final RoomMeters meters;
    private volatile boolean early;
    private long next;

    Renewal(
            RoomIndex index,
            Rooms rooms,
            String incarnation,
            RoomWorkSettings settings,
            ServerClock clock,
            RoomMeters meters) {
        this.index = index;
        this.rooms = rooms;
        this.incarnation = incarnation;
        this.settings = settings;
        this.clock = clock;
        this.meters = meters;
        this.next = System.nanoTime() + settings.renewEvery().toNanos();
    }

    /** Waits for the next thing to do, and does it. */
    void step() throws InterruptedException {
        var first = index.vacated().poll(Math.max(0, next - System.nanoTime()), TimeUnit.NANOSECONDS);
        if (first != null) {
            var batch = new ArrayList<LocalRoom>();
            batch.add(first);
            index.vacated().drainTo(batch, MOST_ROOMS - 1);
            leave(batch);
        }
        if (early || next - System.nanoTime() <= 0) {
            early = false;
            next = System.nanoTime() + settings.renewEvery().toNanos();
            renew();
        }
    }

    private void leave(List<LocalRoom> vacated) {
        var left = vacated.stream().filter(index::beginLeaving).toList();
        if (left.isEmpty()) {
            return;
        }
        try {
            states(left);
        } catch (RuntimeException e) {
            keepInterrupted(e);
            LOG.warn("The services were not told that nobody is in {} rooms: {}", left.size(), e.toString());
        } finally {
            index.left(left);
        }
    }

    private void renew() {
        index.all().stream()
                .filter(room -> room.count() > 0)
                .gather(Gatherers.windowFixed(MOST_ROOMS))
                .forEach(this::renew);
    }

    private void renew(List<LocalRoom> batch) {
        try {
            var states = states(batch);
            for (var i = 0; i < batch.size(); i++) {
                hear(batch.get(i), states.get(i));
            }
        } catch (RuntimeException e) {
            keepInterrupted(e);
            LOG.warn("{} rooms could not be renewed: {}", batch.size(), e.toString());
        }
    }

    private void hear(LocalRoom room, RoomState state) {
        if (state.getClosed()) {
            index.closed(room, state.getVersion());
            meters.repaired();
            room.say(Said.event(Events.closed(room.name(), state.getVersion(), clock.millis()), _ -> true));
        } else {
            index.claimed(room, state.getVersion());
        }
    }

    private List<RoomState> states(List<LocalRoom> batch) {
        var call = RoomRenewal.newBuilder()
                .setIncarnation(incarnation)
                .setLeaseMs(settings.lease().toMillis());
        batch.forEach(room -> call.addRooms(presence(room)));
        var outcome = rooms.renew(call.build());
        if (outcome.getError() != ErrorCode.OK) {
            throw new MagpieException(outcome.getError(), outcome.getErrorMessage());
        }
        if (outcome.getStatesCount() != batch.size()) {
            throw new IllegalStateException("%d states of %d rooms".formatted(outcome.getStatesCount(), batch.size()));
        }
        return outcome.getStatesList();
    }

    /** That nobody is there any more is said only while nobody can enter. */
    private static RoomPresence presence(LocalRoom room) {
        return RoomPresence.newBuilder()
                .setRoom(room.name().toRpc())
                .setConnections(room.beingLeft() ? 0 : Math.max(1, room.count()))
                .build();
    }

    private static void keepInterrupted(RuntimeException thrown) {
        if (Loop.interrupted(thrown)) {
            Thread.currentThread().interrupt();
        }
    }

    /** What was pushed to the node meanwhile is lost: the next step does not wait any longer. By any thread. */
    void soon() {
        early = true;
        // Wakes it; nothing else comes of a room that somebody is in.
        index.all().stream().findFirst().ifPresent(index.vacated()::add);
    }
}
