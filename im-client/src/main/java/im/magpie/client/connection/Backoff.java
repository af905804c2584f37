package im.magpie.client.connection;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: doubling from one bound to the other, and half of it left to chance, so that
 * many do not come at once.
 */
public final class Backoff {

    private final long firstMillis;
    private final long mostMillis;
    private final RandomGenerator random;
    private long nextMillis;

    public Backoff(Duration first, Duration most, RandomGenerator random) {
        this.firstMillis = first.toMillis();
        this.mostMillis = most.toMillis();
        this.random = random;
        this.nextMillis = firstMillis;
    }

    /** Returns the next wait. */
    public Duration next() {
        var wait = nextMillis / 2 + random.nextLong(nextMillis / 2 + 1);
        nextMillis = Math.min(mostMillis, nextMillis * 2);
        return Duration.ofMillis(wait);
    }

    /** A try has succeeded. */
    public void reset() {
        nextMillis = firstMillis;
    }
}
