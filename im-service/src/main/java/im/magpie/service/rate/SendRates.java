package im.magpie.service.rate;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.Ticker;
import im.magpie.common.rate.TokenBucket;
import im.magpie.common.user.UserKey;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * How many messages a user and an app may still send. Safe for use by many threads.
 *
 * <p>Each instance counts for itself, in buckets of its own: a count that all instances share would be a round trip to Redis for every batch that is checked, on
 * the way of every message, for the sake of the few who come too fast. What that means with N instances, among which Dubbo spreads the checks:
 *
 * <ul>
 *   <li>A user is never held back below the limit, and gets through at most N times as much. The limit is there to stop abuse, far above what people
 *       do; within that factor it does. Each connection is limited by its gateway besides.
 *   <li>An app's users are many, so its messages spread evenly: the limit of an instance is its share, and N shares are what the app may do.
 * </ul>
 *
 * <p>A bucket that was not used for a minute is full, and is forgotten. There are at most so many; when more users than that send within a minute, a
 * forgotten one begins anew with a full bucket.
 */
public final class SendRates {

    private static final int MOST_BUCKETS = 200_000;
    private static final Duration IDLE = Duration.ofMinutes(1);

    private final Supplier<SendRateSettings> settings;
    private final Ticker ticker;
    private final LoadingCache<UserKey, TokenBucket> users;
    private final LoadingCache<String, TokenBucket> apps;
    private final Counter ofUsers;
    private final Counter ofApps;

    /** @param settings is asked each time */
    public SendRates(Supplier<SendRateSettings> settings, Ticker ticker, MeterRegistry registry) {
        this.ofUsers = refusals(registry, "user");
        this.ofApps = refusals(registry, "app");
        this.settings = settings;
        this.ticker = ticker;
        this.users = buckets(ticker);
        this.apps = buckets(ticker);
    }

    private static Counter refusals(MeterRegistry registry, String scope) {
        return Counter.builder("magpie.service.rate.limited")
                .description("Messages refused, because their sender or his app sent too fast")
                .baseUnit("messages")
                .tag("scope", scope)
                .register(registry);
    }

    private static <K> LoadingCache<K, TokenBucket> buckets(Ticker ticker) {
        return Caffeine.newBuilder()
                .maximumSize(MOST_BUCKETS)
                .expireAfterAccess(IDLE)
                .ticker(ticker)
                .build(_ -> new TokenBucket(ticker.read()));
    }

    /**
     * What came of asking.
     *
     * @param messages how many may be sent, counted from the first
     * @param retryAfterMillis when the others may come again, jittered; 0 when there are none
     */
    public record Allowance(int messages, int retryAfterMillis) {}

    /** Counts messages of a user, as far as they may be sent. */
    public Allowance take(UserKey sender, int messages) {
        var rate = settings.get();
        if (rate.userPerSecond() == 0 && rate.appPerSecond() == 0) {
            return new Allowance(messages, 0);
        }
        var now = ticker.read();
        var ofUser = users.get(sender);
        var ofApp = apps.get(sender.appId());
        var mayUser = ofUser.takeUpTo(messages, rate.userPerSecond(), rate.userBurst(), now);
        var mayApp = ofApp.takeUpTo(mayUser, rate.appPerSecond(), rate.appBurst(), now);
        if (mayApp == messages) {
            return new Allowance(messages, 0);
        }
        ofUsers.increment(messages - mayUser);
        ofApps.increment(mayUser - mayApp);
        ofUser.giveBack(mayUser - mayApp, rate.userPerSecond());
        var wait = Math.max(
                ofUser.nanosUntil(1, rate.userPerSecond(), rate.userBurst(), now),
                ofApp.nanosUntil(1, rate.appPerSecond(), rate.appBurst(), now));
        return new Allowance(mayApp, TokenBucket.pauseMillis(wait));
    }
}
