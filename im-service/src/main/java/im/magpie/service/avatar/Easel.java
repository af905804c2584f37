package im.magpie.service.avatar;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A few threads for what takes a processor rather than waits: the virtual ones share those with the messages. How much is queued here is bounded by who may come.
 * Safe for use by many threads.
 */
final class Easel implements AutoCloseable {

    private final ExecutorService painters;

    Easel(int painters) {
        this.painters = Executors.newFixedThreadPool(
                painters,
                Thread.ofPlatform().daemon().name("avatar-painter-", 0).factory());
    }

    /** Waits until something is done. Whoever is interrupted while he waits leaves it undone where it has not begun. */
    <T> T work(Callable<T> something) throws ExecutionException, InterruptedException {
        var work = painters.submit(something);
        try {
            return work.get();
        } catch (InterruptedException e) {
            work.cancel(true);
            throw e;
        }
    }

    @Override
    public void close() {
        painters.shutdownNow();
    }
}
