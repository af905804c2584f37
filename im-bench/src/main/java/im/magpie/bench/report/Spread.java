package im.magpie.bench.report;

import java.util.stream.DoubleStream;

/** What several runs came to. */
public record Spread(double minimum, double median, double maximum) {

    /** The median of an even number of values is halfway between the two in the middle; of none at all everything is 0. */
    public static Spread of(DoubleStream values) {
        var sorted = values.sorted().toArray();
        if (sorted.length == 0) {
            return new Spread(0, 0, 0);
        }
        var middle = sorted.length / 2;
        var median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(sorted[0], median, sorted[sorted.length - 1]);
    }
}
