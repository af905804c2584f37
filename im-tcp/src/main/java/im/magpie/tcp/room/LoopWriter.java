package im.magpie.tcp.room;

import io.netty.channel.EventLoop;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what is said in all rooms to the connections of one event loop: a part at a time, the rooms in turn, and in between the event loop does everything else
 * that it has to do. So a crowded room keeps a chat waiting for one part at most.
 */
final class LoopWriter implements Runnable {

    static final int MOST_WRITES = 256;
    private static final int MOST_BYTES = 1 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(LoopWriter.class);

    private final EventLoop loop;
    private final Queue<Pass> passes = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean running = new AtomicBoolean();

    LoopWriter(EventLoop loop) {
        this.loop = loop;
    }

    /** Brings a pass on its way. Never blocks; may be called by any thread. */
    void add(Pass pass) {
        passes.add(pass);
        if (running.compareAndSet(false, true)) {
            goOn(() -> loop.execute(this));
        }
    }

    @Override
    public void run() {
        writePart();
        if (passes.isEmpty()) {
            running.set(false);
        }
        // Somebody may have added one in between, and found it running.
        if (!passes.isEmpty() && (running.get() || running.compareAndSet(false, true))) {
            // Not as the next task: what the sockets have brought comes before it.
            goOn(() -> loop.schedule(this, 0, TimeUnit.NANOSECONDS));
        }
    }

    private void writePart() {
        var left = MOST_WRITES;
        for (var pass = passes.poll(); pass != null; pass = left > 0 ? passes.poll() : null) {
            var bytes = Math.max(1, pass.size());
            left -= pass.write(Math.clamp(MOST_BYTES / bytes, 1, left));
            if (!pass.done()) {
                passes.add(pass);
                return;
            }
            pass.end();
        }
    }

    private void goOn(Runnable next) {
        try {
            next.run();
        } catch (RejectedExecutionException e) {
            LOG.debug("{} passes are gone with their event loop", passes.size(), e);
            running.set(false);
            for (var pass = passes.poll(); pass != null; pass = passes.poll()) {
                pass.end();
            }
        }
    }
}
