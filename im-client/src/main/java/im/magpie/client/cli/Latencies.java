package im.magpie.client.cli;

import java.util.Arrays;
import java.util.Locale;

/** Durations in nanoseconds, to be summed up. Safe for use by many threads. */
final class Latencies {

    private long[] nanos = new long[1024];
    private int size;

    synchronized void add(long duration) {
        if (size == nanos.length) {
            nanos = Arrays.copyOf(nanos, size * 2);
        }
        nanos[size++] = duration;
    }

    synchronized int size() {
        return size;
    }

    /** Returns the duration, in milliseconds, that such a share of all does not exceed; 0 where there are none. */
    synchronized double percentile(double share) {
        if (size == 0) {
            return 0;
        }
        var sorted = Arrays.copyOf(nanos, size);
        Arrays.sort(sorted);
        var rank = (int) Math.ceil(share * size);
        return sorted[Math.clamp(rank - 1, 0, size - 1)] / 1e6;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "p50 %.1f ms, p99 %.1f ms, max %.1f ms (%d)",
                percentile(0.5),
                percentile(0.99),
                percentile(1),
                size());
    }
}
