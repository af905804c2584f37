package im.magpie.tcp.work;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works off in batches what gathers while the last batch is under way, on one virtual thread: an idle system works at
 * once, a busy one pays less for each item. Safe for use by many threads.
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
    private final Loop loop;
    private final AtomicInteger unfinished = new AtomicInteger();

    /** Starts to work. */
    public Batcher(String name, BatchSettings settings, Worker<T> worker) {
        this.waiting = new ArrayBlockingQueue<>(settings.capacity());
        this.maxBatch = settings.maxBatch();
        this.worker = worker;
        this.loop = Loop.start(name, () -> work(waiting.take()));
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

    /** Interrupts the batch under way and forgets what waits. */
    @Override
    public void close() {
        loop.close();
    }
}
