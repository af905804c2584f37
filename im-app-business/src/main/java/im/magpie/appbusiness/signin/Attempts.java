package im.magpie.appbusiness.signin;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts attempts to log in by user id, whether such a user exists or not. In this process only, and bounded. Safe for use by many threads.
 */
final class Attempts {

    private static final int MOST_USERS = 100_000;

    private final int allowed;
    private final Cache<String, AtomicInteger> counts;

    Attempts(AttemptProperties properties, Ticker ticker) {
        this.allowed = properties.failures();
        this.counts = Caffeine.newBuilder()
                // Since the first: whoever tries on while the user id is closed does not keep it closed.
                .expireAfterWrite(properties.window())
                .maximumSize(MOST_USERS)
                .ticker(ticker)
                .build();
    }

    /** Counts an attempt before it is made, so that many at once are not more; returns whether it may be made. */
    boolean begin(String userId) {
        return counts.get(userId, _ -> new AtomicInteger()).incrementAndGet() <= allowed;
    }

    /** Forgets the attempts of somebody who knew the password. */
    void succeeded(String userId) {
        counts.invalidate(userId);
    }
}
