package im.magpie.store.retry;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** How long something is worth doing: until it is ended, by anybody and once. Safe for use by many threads. */
public final class Term {

    private final CountDownLatch ended = new CountDownLatch(1);

    public void end() {
        ended.countDown();
    }

    public boolean hasEnded() {
        return ended.getCount() == 0;
    }

    /** Waits for the end, but no longer than this; returns whether it has come. An interrupt counts as the end, and stays set. */
    public boolean endsWithin(Duration limit) {
        try {
            return ended.await(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
