package im.magpie.bench.process;

import java.util.Map;
import java.util.TreeMap;

/**
 * Processor time of a system up to a moment, or between two.
 *
 * @param nanos by role: all processes of a service, or a server
 */
public record CpuTime(Map<String, Long> nanos) {

    public CpuTime {
        nanos = new TreeMap<>(nanos);
    }

    /** Returns what is between an earlier moment and this one. */
    public CpuTime since(CpuTime earlier) {
        var spent = new TreeMap<>(nanos);
        earlier.nanos.forEach((role, before) -> spent.merge(role, -before, Long::sum));
        return new CpuTime(spent);
    }

    public long total() {
        return nanos.values().stream().mapToLong(Long::longValue).sum();
    }
}
