package im.magpie.tcp.transport;

import im.magpie.tcp.work.Loop;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out whether the event loops turn: one that stands still serves none of its connections, and never will again. */
public final class Pulse implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);

    private final List<EventExecutor> loops;
    private final Duration longest;
    private final Consumer<Boolean> listener;
    private final Loop loop;
    private boolean turning = true;

    /**
     * Begins to feel it.
     *
     * @param longest how long a loop may take to come to a task that it is given
     * @param listener hears of each change: false when a loop stands still, true when all of them turn again
     */
    public Pulse(Collection<EventExecutor> loops, Duration longest, Consumer<Boolean> listener) {
        this.loops = List.copyOf(loops);
        this.longest = longest;
        this.listener = listener;
        this.loop = Loop.start("pulse", this::step);
    }

    private void step() throws InterruptedException {
        var beats = new CountDownLatch(loops.size());
        try {
            loops.forEach(each -> each.execute(beats::countDown));
        } catch (RejectedExecutionException e) {
            LOG.debug("The node has stopped", e);
            throw new InterruptedException();
        }
        while (!beats.await(longest.toNanos(), TimeUnit.NANOSECONDS)) {
            tell(false);
        }
        tell(true);
        Thread.sleep(longest.dividedBy(2));
    }

    private void tell(boolean now) {
        if (now == turning) {
            return;
        }
        turning = now;
        if (now) {
            LOG.warn("All event loops turn again");
        } else {
            LOG.error("An event loop has stood still for {} s", longest.toSeconds());
        }
        listener.accept(now);
    }

    @Override
    public void close() {
        loop.close();
    }
}
