package im.magpie.client.cli;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What all senders of a load count together. Safe for use by many threads. */
final class LoadFigures {

    private final LongAdder acknowledged = new LongAdder();
    private final LongAdder delivered = new LongAdder();
    private final Latencies acknowledgements = new Latencies();
    private final Latencies deliveries = new Latencies();
    private final AtomicReference<@Nullable String> fault = new AtomicReference<>();
    private volatile boolean measuring;

    /** From now on, or from now on no more, durations are of interest. */
    void measuring(boolean wanted) {
        measuring = wanted;
    }

    void acknowledged(long nanos) {
        acknowledged.increment();
        if (measuring) {
            acknowledgements.add(nanos);
        }
    }

    void delivered(long nanos) {
        delivered.increment();
        if (measuring) {
            deliveries.add(nanos);
        }
    }

    /** Remembers the first thing that was not as it should be. */
    void fault(String what) {
        fault.compareAndSet(null, what);
    }

    @Nullable
    String fault() {
        return fault.get();
    }

    long acknowledged() {
        return acknowledged.sum();
    }

    long delivered() {
        return delivered.sum();
    }

    Latencies acknowledgements() {
        return acknowledgements;
    }

    Latencies deliveries() {
        return deliveries;
    }
}
