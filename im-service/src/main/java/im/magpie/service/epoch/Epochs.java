package im.magpie.service.epoch;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.ToLongFunction;

/** The current epoch of each partition, as far as this process knows. Scripts check it; a wrong one costs a round trip. */
public final class Epochs {

    private final ConcurrentMap<Partition, Long> known = new ConcurrentHashMap<>();
    private final ToLongFunction<Partition> opener;

    /**
     * @param opener returns the epoch that is open in Redis, after opening the next one where none is; throws MagpieException UNAVAILABLE
     *     when that takes too long
     */
    public Epochs(ToLongFunction<Partition> opener) {
        this.opener = opener;
    }

    /** Returns the newest epoch this process has seen, asking or opening when it has seen none. */
    public long current(Partition partition) {
        var epoch = known.get(partition);
        return epoch != null ? epoch : renew(partition, 0);
    }

    /** Returns an epoch other than the stale one, asking Redis, and opening the next when none is open. */
    long renew(Partition partition, long stale) {
        var epoch = known.getOrDefault(partition, 0L);
        return epoch > stale ? epoch : known.merge(partition, opener.applyAsLong(partition), Math::max);
    }
}
