package im.magpie.tcp.work;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs blocking calls on virtual threads, only so many at a time; those on top wait in a bounded queue. Safe for use by
 * many threads.
 */
public final class BoundedWorkers implements AutoCloseable {

    private static final long IDLE_SECONDS = 10;

    private final ThreadPoolExecutor executor;

    /** Makes workers whose threads carry the given name. */
    public BoundedWorkers(String name, WorkerSettings settings) {
        executor = new ThreadPoolExecutor(
                settings.concurrency(),
                settings.concurrency(),
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(settings.queue()),
                Thread.ofVirtual().name(name + "-", 0).factory());
        executor.allowCoreThreadTimeOut(true);
    }

    /** Takes a task, or returns false when there are too many already. Never blocks. */
    public boolean offer(Runnable task) {
        try {
            executor.execute(task);
            return true;
        } catch (RejectedExecutionException _) {
            return false;
        }
    }

    /** Returns how many tasks run. */
    public int active() {
        return executor.getActiveCount();
    }

    /** Returns how many tasks wait. */
    public int waiting() {
        return executor.getQueue().size();
    }

    /** Interrupts what runs and forgets what waits. */
    @Override
    public void close() {
        executor.shutdownNow();
    }
}
