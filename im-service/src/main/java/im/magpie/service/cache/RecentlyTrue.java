package im.magpie.service.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keys for which the database answered yes a moment ago; a no is asked again each time. Bounded. Safe for use by many threads.
 *
 * <p>Whoever asks the database takes a {@link #mark} before: what has been forgotten since is not remembered again from an answer that may
 * be older.
 */
public final class RecentlyTrue<K> {

    private final Cache<K, Boolean> keys;
    private final AtomicLong forgotten = new AtomicLong();

    /**
     * @param ttl how long after a change elsewhere the old answer may be given
     * @param maxEntries how many keys are remembered
     */
    public RecentlyTrue(Duration ttl, int maxEntries, Ticker ticker) {
        this.keys = Caffeine.newBuilder()
                .expireAfterWrite(ttl)
                .maximumSize(maxEntries)
                .ticker(ticker)
                .build();
    }

    public boolean contains(K key) {
        return keys.getIfPresent(key) != null;
    }

    /** Returns what {@link #remember} wants to know about the moment at which the database was asked. */
    public long mark() {
        return forgotten.get();
    }

    /** Remembers keys for which the answer to a question asked after the mark was yes. */
    public void remember(Collection<K> yes, long mark) {
        yes.forEach(key -> keys.put(key, Boolean.TRUE));
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
