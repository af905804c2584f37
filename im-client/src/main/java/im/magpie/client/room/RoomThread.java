package im.magpie.client.room;

import im.magpie.codec.protocol.RoomPriority;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls the listeners of rooms, in order, on one virtual thread, which they may block. Used by the client's loop only. */
final class RoomThread implements AutoCloseable {

    /** So many calls may wait, of HIGH priority; of the others fewer. */
    static final int MOST = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(RoomThread.class);

    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("magpie-rooms").factory());
    private final AtomicInteger waiting = new AtomicInteger();

    /** Returns whether there is still room for a call of this priority. */
    boolean hasTimeFor(RoomPriority priority) {
        var most = switch (priority) {
            case LOW -> MOST / 2;
            case NORMAL, ROOM_PRIORITY_UNSPECIFIED, UNRECOGNIZED -> MOST * 3 / 4;
            case HIGH -> MOST;
        };
        return waiting.get() < most;
    }

    void call(Runnable listener) {
        waiting.incrementAndGet();
        thread.execute(() -> {
            try {
                listener.run();
            } catch (RuntimeException e) {
                LOG.warn("The listener of a room failed", e);
            } finally {
                waiting.decrementAndGet();
            }
        });
    }

    /** Takes nothing more in; what waits is still told. */
    @Override
    public void close() {
        thread.shutdown();
    }
}
