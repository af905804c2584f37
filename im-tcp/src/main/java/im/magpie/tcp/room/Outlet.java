package im.magpie.tcp.room;

import im.magpie.tcp.room.Said.Rank;
import io.netty.channel.EventLoop;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a room's connections are told: what comes within an interval goes out as one parcel, and none before the last one is written to everybody, so that a node
 * that can't go as fast gathers more, and leaves out more. Safe for use by many threads; never blocks.
 */
final class Outlet {

    private static final Logger LOG = LoggerFactory.getLogger(Outlet.class);

    private final Map<EventLoop, ? extends Iterable<Visit>> audience;
    private final Consumer<Visit> onOut;
    private final RoomWriters writers;
    private final Supplier<RoomSettings> settings;
    private final RoomMeters meters;
    private final Gathered gathered = new Gathered();
    private boolean resting;
    private int passes;

    /**
     * Makes the outlet of one room.
     *
     * @param audience who is in the room, by their event loops, as it is at any time
     * @param onOut hears of each visit that is over by what was written to it
     */
    Outlet(
            Map<EventLoop, ? extends Iterable<Visit>> audience,
            Consumer<Visit> onOut,
            RoomWriters writers,
            Supplier<RoomSettings> settings,
            RoomMeters meters) {
        this.audience = audience;
        this.onOut = onOut;
        this.writers = writers;
        this.settings = settings;
        this.meters = meters;
    }

    /** Takes what is said, or happens: at once in a quiet room, and in any case by which somebody goes. */
    synchronized void say(Said said) {
        var now = settings.get();
        gathered.add(said, now.maxMessages(), now.maxBytes()).forEach(left -> meters.leftOut(left.rank()));
        writeIfDue();
    }

    private void writeIfDue() {
        if (passes == 0 && !gathered.isEmpty() && (!resting || gathered.isCut())) {
            write();
        }
    }

    private void write() {
        var loops = Map.copyOf(audience);
        var said = gathered.take();
        if (loops.isEmpty()) {
            return;
        }
        meters.parcel(
                (int) said.stream().filter(one -> one.rank() != Rank.EVENT).count());
        var parcel = Parcel.of(said);
        passes = loops.size();
        rest(loops.keySet().iterator().next());
        loops.forEach((loop, visits) ->
                writers.write(loop, new Pass(parcel, visits.iterator(), onOut, this::passed, meters)));
    }

    private void rest(EventLoop loop) {
        if (resting) {
            return;
        }
        resting = true;
        try {
            loop.schedule(this::rested, settings.get().mergeInterval().toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("An outlet is gone with its event loop", e);
        }
    }

    private synchronized void rested() {
        resting = false;
        writeIfDue();
    }

    private synchronized void passed() {
        passes--;
        writeIfDue();
    }
}
