package im.magpie.tcp.rate;

import im.magpie.common.rate.TokenBucket;
import io.netty.util.concurrent.Ticker;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * How fast one connection may go on. Makes no garbage while it is not too fast. Used by the connection's event loop only.
 *
 * <p>What is refused counts for nothing, else a client that repeats it would stay refused for ever; its bytes count all the
 * same, because they have been read.
 */
public final class ConnectionRate {

    /** Shorter pauses are not worth a client's while: it would come back for a single request. */
    private static final long SHORTEST_PAUSE_MILLIS = 100;

    private final Supplier<RateSettings> settings;
    private final Ticker ticker;
    private final TokenBucket requests;
    private final TokenBucket bytes;

    public ConnectionRate(Supplier<RateSettings> settings, Ticker ticker) {
        this.settings = settings;
        this.ticker = ticker;
        this.requests = new TokenBucket(ticker.nanoTime());
        this.bytes = new TokenBucket(ticker.nanoTime());
    }

    /** Counts what was read. */
    public void read(int count) {
        var now = settings.get();
        bytes.charge(count, now.bytesPerSecond(), now.byteBurst(), ticker.nanoTime());
    }

    /** Counts a request that is taken on in any case. */
    public void count() {
        var now = settings.get();
        requests.charge(1, now.requestsPerSecond(), now.requestBurst(), ticker.nanoTime());
    }

    /** Counts a request and returns 0, or returns after how many milliseconds, jittered, it should come again. */
    public int admit() {
        var rate = settings.get();
        var now = ticker.nanoTime();
        var wait = bytes.nanosUntil(0, rate.bytesPerSecond(), rate.byteBurst(), now);
        if (wait > 0) {
            return pause(wait);
        }
        if (requests.takeUpTo(1, rate.requestsPerSecond(), rate.requestBurst(), now) == 1) {
            return 0;
        }
        return pause(requests.nanosUntil(1, rate.requestsPerSecond(), rate.requestBurst(), now));
    }

    private static int pause(long nanos) {
        var millis = Math.max(SHORTEST_PAUSE_MILLIS, TimeUnit.NANOSECONDS.toMillis(nanos) + 1);
        return Math.toIntExact(ThreadLocalRandom.current().nextLong(millis, 2 * millis));
    }
}
