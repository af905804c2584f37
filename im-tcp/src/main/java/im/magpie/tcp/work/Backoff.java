package im.magpie.tcp.work;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before something is tried again: doubling, and jittered so that those who failed together don't come
 * back together.
 *
 * @param first the pause before the first repetition
 * @param most the longest pause
 */
public record Backoff(Duration first, Duration most) {

    private static final int MAX_DOUBLINGS = 20;

    public Backoff {
        if (first.isNegative() || first.isZero() || most.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "pauses must rise from more than nothing, are %s to %s".formatted(first, most));
        }
    }

    /** Returns a pause between half of the attempt's and all of it; attempts count from 0. */
    public Duration pause(int attempt) {
        var doubled = first.multipliedBy(1L << Math.min(attempt, MAX_DOUBLINGS));
        var nanos = (doubled.compareTo(most) < 0 ? doubled : most).toNanos();
        return Duration.ofNanos(ThreadLocalRandom.current().nextLong(nanos / 2, nanos + 1));
    }

    /** Blocks the calling thread for an attempt's pause. */
    public void await(int attempt) throws InterruptedException {
        Thread.sleep(pause(attempt));
    }

    /** Returns milliseconds between half of a delay and one and a half: what a client is told to wait. */
    public static int jitteredMillis(Duration delay) {
        var millis = Math.toIntExact(delay.toMillis());
        return ThreadLocalRandom.current().nextInt(millis / 2, millis + millis / 2 + 1);
    }
}
