package im.magpie.service.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.dao.DataAccessException;

/**
 * Keys for which the database answered yes a moment ago; a no is asked again each time. A yes stands for longer while the database does not
 * answer. Bounded. Safe for use by many threads.
 *
 * <p>Whoever asks the database takes a {@link #mark} before: what has been forgotten since is not remembered again from an answer that may
 * be older.
 */
public final class RecentlyTrue<K> {

    /** With the time of the answer. */
    private final Cache<K, Long> keys;

    private final long ttl;
    private final Ticker ticker;
    private final AtomicLong forgotten = new AtomicLong();

    /**
     * @param ttl how long after a change elsewhere the old answer may be given
     * @param standing how long after that it stands for want of another
     * @param maxEntries how many keys are remembered
     */
    public RecentlyTrue(Duration ttl, Duration standing, int maxEntries, Ticker ticker) {
        this.ttl = ttl.toNanos();
        this.ticker = ticker;
        this.keys = Caffeine.newBuilder()
                .expireAfterWrite(ttl.plus(standing))
                .maximumSize(maxEntries)
                .ticker(ticker)
                .build();
    }

    public boolean contains(K key) {
        var answered = keys.getIfPresent(key);
        return answered != null && ticker.read() - answered < ttl;
    }

    /** Lets old answers stand because the database gives no new ones; throws what it threw where one is missing. */
    public void stand(Collection<K> asked, DataAccessException away) {
        if (!asked.stream().allMatch(key -> keys.getIfPresent(key) != null)) {
            throw away;
        }
    }

    /** Returns what {@link #remember} wants to know about the moment at which the database was asked. */
    public long mark() {
        return forgotten.get();
    }

    /** Remembers keys for which the answer to a question asked after the mark was yes. */
    public void remember(Collection<K> yes, long mark) {
        var now = ticker.read();
        yes.forEach(key -> keys.put(key, now));
        if (forgotten.get() != mark) {
            keys.invalidateAll(yes);
        }
    }

    /** Forgets a key whose answer has changed in the database. */
    public void forget(K key) {
        forgotten.incrementAndGet();
        keys.invalidate(key);
    }
}
