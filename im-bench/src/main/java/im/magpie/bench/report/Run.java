package im.magpie.bench.report;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * A run of a workload, and what it came to.
 *
 * @param load the workload and what tells its loads apart
 * @param number which of the load's runs it is, from 1
 * @param at when it ended
 * @param unit what is counted: messages, deliveries, logins
 * @param count how many of them there were
 * @param seconds how long the run took
 * @param cpuNanos what the system spent, by role
 * @param cpuSeconds in how long; a little more than the run, where work is done after its end
 * @param latencies by name, in microseconds; the first is the one that counts
 * @param rssBytes the most memory that each process ever held
 * @param generatorCores how busy the generator was
 * @param figures what else there is to know, by name
 */
public record Run(
        Load load,
        int number,
        Instant at,
        String unit,
        long count,
        double seconds,
        Map<String, Long> cpuNanos,
        double cpuSeconds,
        Map<String, Histogram> latencies,
        Map<String, Long> rssBytes,
        double generatorCores,
        Map<String, Double> figures,
        List<Sample> series) {

    private static final double MICRO = 1e3;

    /**
     * What runs have in common.
     *
     * @param workload W1 and so on
     * @param topology standalone or cluster
     * @param name tells the loads of a workload apart, for people
     * @param parameters of it, by name
     */
    public record Load(String workload, String topology, String name, Map<String, Object> parameters) {

        /** Returns what heads its figures. */
        public String title() {
            return name.isEmpty() ? workload : workload + ", " + name;
        }
    }

    /** Returns this with more figures. */
    public Run with(Map<String, Double> more) {
        var all = new TreeMap<>(figures);
        all.putAll(more);
        return new Run(
                load,
                number,
                at,
                unit,
                count,
                seconds,
                cpuNanos,
                cpuSeconds,
                latencies,
                rssBytes,
                generatorCores,
                all,
                series);
    }

    /** Returns microseconds of processor time for one of what is counted, all roles together. */
    public double cpuMicros() {
        return cpuMicrosByRole().values().stream()
                .mapToDouble(Double::doubleValue)
                .sum();
    }

    /** Returns microseconds of processor time for one of what is counted, by role. */
    public Map<String, Double> cpuMicrosByRole() {
        var micros = new TreeMap<String, Double>();
        cpuNanos.forEach((role, nanos) -> micros.put(role, count == 0 ? 0 : nanos / MICRO / count));
        return micros;
    }

    /** Returns a latency by its name; an empty one where there is none of it. */
    Histogram latency(String name) {
        return latencies.getOrDefault(name, new Histogram(1));
    }

    public double perSecond() {
        return seconds == 0 ? 0 : count / seconds;
    }

    /** Returns how many cores the system took. */
    public double serverCores() {
        return cpuNanos.values().stream().mapToLong(Long::longValue).sum() / 1e9 / cpuSeconds;
    }
}
