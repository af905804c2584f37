package im.magpie.e2e.measure;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a cluster has spent and done up to a moment, or between two.
 *
 * @param seconds since some moment
 * @param cpu seconds of processor time, by role: all processes of a service, or a server
 * @param counts of what was done, by name
 */
record Reading(double seconds, Map<String, Double> cpu, Map<String, Double> counts) {

    /** Returns what is between an earlier reading and this one. */
    Reading since(Reading earlier) {
        return new Reading(seconds - earlier.seconds, minus(cpu, earlier.cpu, 1), minus(counts, earlier.counts, 1));
    }

    /** Returns this without what goes on all the time: another reading, taken while nothing was asked for. */
    Reading without(Reading idle) {
        var share = seconds / idle.seconds;
        return new Reading(seconds, minus(cpu, idle.cpu, share), minus(counts, idle.counts, share));
    }

    private static Map<String, Double> minus(Map<String, Double> from, Map<String, Double> what, double times) {
        var left = new TreeMap<>(from);
        what.forEach((name, value) -> left.merge(name, -times * value, Double::sum));
        return left;
    }
}
