package im.magpie.service.rate;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.Ticker;
import com.google.protobuf.ByteString;
import im.magpie.service.membership.Member;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * How often somebody may still call everybody in a group: so many times from the first one on, until a minute is over. Each instance counts for itself, as
 * {@link SendRates} does and for its reasons.
 *
 * <p>Safe for use by many threads.
 */
public final class MentionRates {

    private static final int MOST_COUNTS = 100_000;
    private static final Duration TIME = Duration.ofMinutes(1);

    private final Supplier<MentionRateSettings> settings;
    private final LoadingCache<Member, Set<ByteString>> counted;

    /** @param settings is asked each time */
    public MentionRates(Supplier<MentionRateSettings> settings, Ticker ticker) {
        this.settings = settings;
        this.counted = Caffeine.newBuilder()
                .maximumSize(MOST_COUNTS)
                .expireAfterWrite(TIME)
                .ticker(ticker)
                .build(_ -> new HashSet<>());
    }

    /** Counts a message, unless it was counted before, and returns whether it may be sent. */
    public boolean take(Member sender, ByteString clientMessageId) {
        var messages = counted.get(sender);
        synchronized (messages) {
            return messages.contains(clientMessageId)
                    || (messages.size() < settings.get().allPerMinute() && messages.add(clientMessageId));
        }
    }
}
