package im.magpie.common.rate;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What somebody may still do of something: full at first, emptied by what is done, and filled up at a steady rate. The rate, a
 * second, and the size come with each call, so they may change at any time; a rate of 0 is no limit.
 *
 * <p>Safe for use by many threads, without locks, and without garbage. Times are nanoseconds of one clock of the caller's.
 */
public final class TokenBucket {

    private static final double SECOND = 1e9;
    /** What is missing by less than this is a rounding error. */
    private static final double ALMOST = 1e-6;
    /** Shorter pauses are not worth a client's while: it would come back for a single request. */
    private static final long SHORTEST_PAUSE_MILLIS = 100;

    /** When it will be full. That is all there is to know of it: what is missing is what is filled up until then. */
    private final AtomicLong fullAt;

    /** Makes a full one. */
    public TokenBucket(long now) {
        this.fullAt = new AtomicLong(now);
    }

    /** Takes as many tokens as there are, but not more than wanted, and returns how many. */
    public int takeUpTo(int wanted, int perSecond, int size, long now) {
        while (perSecond > 0) {
            var before = fullAt.get();
            var there = (int) Math.max(0, size - missing(before, perSecond, now) + ALMOST);
            var taken = Math.min(wanted, there);
            if (taken <= 0) {
                return 0;
            }
            if (fullAt.compareAndSet(before, later(before, now) + nanos(taken, perSecond))) {
                return taken;
            }
        }
        return wanted;
    }

    /** Takes tokens whether they are there or not, so that it may owe some; never more than its size. */
    public void charge(int tokens, int perSecond, int size, long now) {
        if (perSecond > 0) {
            var most = now + nanos(2L * size, perSecond);
            fullAt.updateAndGet(before -> {
                var after = later(before, now) + nanos(tokens, perSecond);
                return after - most > 0 ? most : after;
            });
        }
    }

    /** Puts tokens back that were taken a moment ago and not used. */
    public void giveBack(int tokens, int perSecond) {
        if (perSecond > 0) {
            fullAt.addAndGet(-nanos(tokens, perSecond));
        }
    }

    /** Returns the nanoseconds until so many tokens are there; 0 asks until nothing is owed. */
    public long nanosUntil(int tokens, int perSecond, int size, long now) {
        if (perSecond <= 0) {
            return 0;
        }
        var lacking = tokens - size + missing(fullAt.get(), perSecond, now);
        return lacking <= ALMOST ? 0 : (long) Math.ceil(lacking * SECOND / perSecond);
    }

    /** Returns for how many milliseconds, jittered, somebody should stay away who has to wait for so many nanoseconds. */
    public static int pauseMillis(long nanos) {
        var millis = Math.max(SHORTEST_PAUSE_MILLIS, TimeUnit.NANOSECONDS.toMillis(nanos) + 1);
        return Math.toIntExact(ThreadLocalRandom.current().nextLong(millis, 2 * millis));
    }

    private static double missing(long full, int perSecond, long now) {
        return (later(full, now) - now) * (perSecond / SECOND);
    }

    private static long later(long full, long now) {
        return full - now > 0 ? full : now;
    }

    private static long nanos(long tokens, int perSecond) {
        return (long) (tokens * SECOND / perSecond);
    }
}
