package im.magpie.bench.report;

import org.HdrHistogram.Histogram;

/** The parts of a latency that are told. */
public enum Percentile {
    P50("p50", 50),
    P99("p99", 99),
    P999("p999", 99.9),
    MAX("max", 100);

    private final String word;
    private final double percent;

    Percentile(String word, double percent) {
        this.word = word;
        this.percent = percent;
    }

    /** Returns what reports call it. */
    public String word() {
        return word;
    }

    /** Returns the value in the histogram's unit. */
    public double of(Histogram histogram) {
        return histogram.getValueAtPercentile(percent);
    }
}
