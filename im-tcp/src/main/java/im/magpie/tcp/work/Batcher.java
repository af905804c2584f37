package im.magpie.tcp.work;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works off in batches what gathers while earlier batches are under way, on few virtual threads: an idle system works at
 * once, a busy one pays less for each item. With one thread items stay in their order. Safe for use by many threads.
 */
public final class Batcher<T> implements AutoCloseable {

    /** Does the work of one batch, and may block. What it throws is logged, and its batch is lost. */
    @FunctionalInterface
    public interface Worker<T> {
        void work(List<T> batch) throws InterruptedException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(Batcher.class);

    private final BlockingQueue<T> waiting;
    private final int maxBatch;
    private final Worker<T> worker;
    private final List<Loop> loops;
    private final AtomicInteger unfinished = new AtomicInteger();

    /** Starts to work, one batch after the other. */
    public Batcher(String name, BatchSettings settings, Worker<T> worker) {
        this(name, settings, 1, worker);
    }

    /** Starts to work on so many batches at a time. */
    public Batcher(String name, BatchSettings settings, int threads, Worker<T> worker) {
        this.waiting = new ArrayBlockingQueue<>(settings.capacity());
        this.maxBatch = settings.maxBatch();
        this.worker = worker;
        this.loops = IntStream.range(0, threads)
                .mapToObj(_ -> Loop.start(name, () -> work(waiting.take())))
                .toList();
    }

    /** Takes an item for the next batch, or returns false when too many wait already. Never blocks. */
    public boolean offer(T item) {
        unfinished.incrementAndGet();
        if (waiting.offer(item)) {
            return true;
        }
        unfinished.decrementAndGet();
        return false;
    }

    /** Returns how many items wait for their batch. */
    public int waiting() {
        return waiting.size();
    }

    /** Returns whether nothing waits and nothing is under way. */
    public boolean idle() {
        return unfinished.get() == 0;
    }

    private void work(T first) throws InterruptedException {
        var batch = new ArrayList<T>();
        batch.add(first);
        waiting.drainTo(batch, maxBatch - 1);
        try {
            worker.work(batch);
        } catch (RuntimeException e) {
            LOG.error("A batch of {} is lost", batch.size(), e);
        } finally {
            unfinished.addAndGet(-batch.size());
        }
    }

    /** Interrupts the batches under way and forgets what waits. */
    @Override
    public void close() {
        loops.forEach(Loop::close);
    }
}
