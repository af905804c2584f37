package im.magpie.appbusiness.signin;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts wrong passwords by user id, whether such a user exists or not. In this process only, and bounded. Safe for use by many threads. */
final class Attempts {

    private static final int MOST_USERS = 100_000;

    private final int allowed;
    private final Cache<String, AtomicInteger> failures;

    Attempts(AttemptProperties properties, Ticker ticker) {
        this.allowed = properties.failures();
        this.failures = Caffeine.newBuilder()
                .expireAfterAccess(properties.window())
                .maximumSize(MOST_USERS)
                .ticker(ticker)
                .build();
    }

    boolean exhausted(String userId) {
        var failed = failures.asMap().get(userId);
        return failed != null && failed.get() >= allowed;
    }

    void failed(String userId) {
        failures.get(userId, _ -> new AtomicInteger()).incrementAndGet();
    }

    void succeeded(String userId) {
        failures.invalidate(userId);
    }
}
