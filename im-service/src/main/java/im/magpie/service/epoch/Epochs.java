package im.magpie.service.epoch;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;

/** The current epoch of each partition, as far as this process knows. Scripts check it; a wrong one costs a round trip. */
public final class Epochs {

    private final ConcurrentMap<Partition, Long> known = new ConcurrentHashMap<>();
    private final AtomicLong learned = new AtomicLong();
    private final ToLongFunction<Partition> opener;

    /**
     * @param opener returns the epoch that is open in Redis, after opening the next one where none is, as {@link EpochOpener#open} does
     */
    public Epochs(ToLongFunction<Partition> opener) {
        this.opener = opener;
    }

    /**
     * Returns the newest epoch this process has seen, asking or opening when it has seen none.
     *
     * @throws im.magpie.common.error.MagpieException UNAVAILABLE when none could be opened in time
     */
    public long current(Partition partition) {
        return after(partition, 0);
    }

    /**
     * Returns another epoch than the one that was found stale, asking or opening unless this process has seen one already.
     *
     * @throws im.magpie.common.error.MagpieException UNAVAILABLE when none could be opened in time
     */
    public long after(Partition partition, long stale) {
        var epoch = known(partition);
        if (epoch != stale) {
            return epoch;
        }
        var open = opener.applyAsLong(partition);
        known.put(partition, open);
        learned.incrementAndGet();
        return open;
    }

    /** Returns the newest epoch this process has seen, 0 when it has seen none. */
    long known(Partition partition) {
        return known.getOrDefault(partition, 0L);
    }

    /** Returns a number that grows whenever an epoch is learned. */
    long learned() {
        return learned.get();
    }
}
