package im.magpie.bench.load;

import im.magpie.bench.MeasurementException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;
import org.jspecify.annotations.Nullable;

/** Counts what an event loop's connections do. Written by that event loop alone, read by any thread. */
public final class Meter {

    /** Longer ones count as this. */
    private static final long LONGEST_MICROS = 600_000_000;

    private static final int DIGITS = 3;
    private static final int NANOS = 1_000;

    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong delivered = new AtomicLong();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong repeated = new AtomicLong();
    private final AtomicLong pulled = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicReference<@Nullable String> failure = new AtomicReference<>();
    private final SingleWriterRecorder acceptLatency = new SingleWriterRecorder(LONGEST_MICROS, DIGITS);
    private final SingleWriterRecorder deliveryLatency = new SingleWriterRecorder(LONGEST_MICROS, DIGITS);

    void accepted(long nanos) {
        add(accepted, 1);
        record(acceptLatency, nanos);
    }

    void delivered(long nanos) {
        add(delivered, 1);
        record(deliveryLatency, nanos);
    }

    void acknowledged(int messages) {
        add(acknowledged, messages);
    }

    /** A message has come again. */
    void repeated() {
        add(repeated, 1);
    }

    /** Something had to be asked for that was not pushed. */
    void pulled() {
        add(pulled, 1);
    }

    /** The server has asked for a message to be offered again. */
    void refused() {
        add(refused, 1);
    }

    /** Nothing that is measured counts from now on. Any thread may call it. */
    public void failed(String why) {
        failure.compareAndSet(null, why);
    }

    private static void add(AtomicLong counter, long much) {
        counter.lazySet(counter.getPlain() + much);
    }

    private static void record(SingleWriterRecorder recorder, long nanos) {
        recorder.recordValue(Math.clamp(nanos / NANOS, 0, LONGEST_MICROS));
    }

    /**
     * What was done up to a moment.
     *
     * @param accepted messages that the server has acknowledged
     * @param delivered messages that have come to a receiver, each once
     * @param acknowledged deliveries that receivers have acknowledged
     * @param repeated messages that have come again
     * @param pulled PULLs for what was not pushed
     * @param refused messages that had to be offered again
     */
    public record Counts(long accepted, long delivered, long acknowledged, long repeated, long pulled, long refused) {

        public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);

        Counts plus(Counts other) {
            return new Counts(
                    accepted + other.accepted,
                    delivered + other.delivered,
                    acknowledged + other.acknowledged,
                    repeated + other.repeated,
                    pulled + other.pulled,
                    refused + other.refused);
        }

        /** Returns what is between earlier counts and these. */
        public Counts since(Counts earlier) {
            return new Counts(
                    accepted - earlier.accepted,
                    delivered - earlier.delivered,
                    acknowledged - earlier.acknowledged,
                    repeated - earlier.repeated,
                    pulled - earlier.pulled,
                    refused - earlier.refused);
        }
    }

    /**
     * Returns what was counted up to now.
     *
     * @throws MeasurementException if something has failed
     */
    public Counts counts() {
        var why = failure.get();
        if (why != null) {
            throw new MeasurementException(why);
        }
        return new Counts(
                accepted.get(), delivered.get(), acknowledged.get(), repeated.get(), pulled.get(), refused.get());
    }

    /** Adds latencies since the last call to histograms, in microseconds. One thread at a time calls it. */
    public void drain(Histogram accepts, Histogram deliveries) {
        accepts.add(acceptLatency.getIntervalHistogram());
        deliveries.add(deliveryLatency.getIntervalHistogram());
    }

    /** Returns a histogram for {@link #drain}. */
    public static Histogram histogram() {
        return new Histogram(LONGEST_MICROS, DIGITS);
    }
}
