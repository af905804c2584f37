package im.magpie.tcp.rate;

import im.magpie.common.rate.TokenBucket;
import io.netty.util.concurrent.Ticker;
import java.util.function.Supplier;

/**
 * How fast one connection may go on. Makes no garbage while it is not too fast. Used by the connection's event loop only.
 *
 * <p>What is refused counts for nothing, else a client that repeats it would stay refused for ever; its bytes count all the
 * same, because they have been read.
 */
public final class ConnectionRate {

    /** What a developer is told of a request that is not admitted. */
    public static final String TOO_FAST = "too many requests or bytes a second";

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
            return TokenBucket.pauseMillis(wait);
        }
        if (requests.takeUpTo(1, rate.requestsPerSecond(), rate.requestBurst(), now) == 1) {
            return 0;
        }
        return TokenBucket.pauseMillis(requests.nanosUntil(1, rate.requestsPerSecond(), rate.requestBurst(), now));
    }
}
