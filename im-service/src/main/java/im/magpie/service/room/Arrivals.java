package im.magpie.service.room;

import im.magpie.common.rpc.RoomHistoryPage;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Waits for what was said a moment ago and is on its way from the broker to the store, so that whoever enters a room and then reads misses nothing between the
 * two. Not for long: a store that is behind has no more than it has, and what is missing may never have come to the broker.
 *
 * <p>Blocks; meant for virtual threads; safe for use by many.
 */
final class Arrivals {

    private static final Duration MOMENT = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final RoomNodes nodes;
    private final LongSupplier clock;

    /** @param clock the server's, unix milliseconds */
    Arrivals(RoomNodes nodes, LongSupplier clock) {
        this.nodes = nodes;
        this.clock = clock;
    }

    /** Returns the newest page of a room, as soon as nothing is missing that was said before this was called, or the last that was there. */
    RoomHistoryPage newest(RoomKey room, Supplier<RoomHistoryPage> look) {
        var last = nodes.kept(room);
        var page = look.get();
        if (last.number() == 0) {
            return page;
        }
        var since = clock.getAsLong() - MOMENT.toMillis();
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (lacks(page, last, since)
                && System.nanoTime() < end
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            page = look.get();
        }
        return page;
    }

    /** Returns whether a message that was said since a time is missing: the last one, or one between two others. */
    private static boolean lacks(RoomHistoryPage page, RoomNodes.Kept last, long since) {
        var run = last.run();
        var expected = last.number();
        var time = last.time();
        for (var said : page.getMessagesList()) {
            var there = expected == 0 || said.getRun() > run || (said.getRun() == run && said.getNumber() >= expected);
            if (!there && time > since) {
                return true;
            }
            run = said.getRun();
            expected = said.getNumber() - 1;
            time = said.getServerTime();
        }
        return page.getMessagesCount() == 0 && time > since;
    }
}
