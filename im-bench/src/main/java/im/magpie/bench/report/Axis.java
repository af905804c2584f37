package im.magpie.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where the values of a chart lie.
 *
 * @param name with its unit
 * @param most the highest value, above 0
 * @param logarithmic from a ten-thousandth of the highest value on, where there are so small ones
 */
record Axis(String name, double least, double most, boolean logarithmic) {

    private static final int TICKS = 5;
    private static final List<Integer> FACTORS = List.of(1, 2, 5);

    /** Where the powers of ten alone would be too few. */
    private static final double FEW = 1e3;

    private static final double DEEPEST = 1e-4;

    static Axis linear(String name, double most) {
        return new Axis(name, 0, most > 0 ? most : 1, false);
    }

    static Axis logarithmic(String name, double least, double most) {
        var top = most > 0 ? most : 1;
        return new Axis(name, Math.clamp(least, top * DEEPEST, top / 2), top, true);
    }

    /** Returns where a value lies, from 0 to 1. */
    double place(double value) {
        var place = logarithmic
                ? Math.log(Math.max(value, least) / least) / Math.log(most / least)
                : (value - least) / (most - least);
        return Math.clamp(place, 0.0, 1.0);
    }

    /** Returns the values that are written at it. */
    List<Double> ticks() {
        var ticks = new ArrayList<Double>();
        if (logarithmic) {
            var factors = most / least < FEW ? FACTORS : List.of(1);
            for (var power = Math.pow(10, Math.floor(Math.log10(least))); power <= most; power *= 10) {
                for (var factor : factors) {
                    var tick = factor * power;
                    if (tick >= least && tick <= most) {
                        ticks.add(tick);
                    }
                }
            }
        } else {
            var step = step((most - least) / TICKS);
            for (var tick = Math.ceil(least / step) * step; tick <= most; tick += step) {
                ticks.add(tick);
            }
        }
        return ticks;
    }

    /** Returns the next of 1, 2, 5, 10, 20, 50 and so on. */
    private static double step(double atLeast) {
        var power = Math.pow(10, Math.floor(Math.log10(atLeast)));
        for (var factor : FACTORS) {
            if (factor * power >= atLeast) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    static String text(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%.3g", value);
    }
}
