package im.magpie.bench.workload;

import im.magpie.bench.process.CpuTime;
import im.magpie.bench.process.Servers;

/**
 * What something took.
 *
 * @param servers what the system spent
 * @param generator what this process spent, in nanoseconds of processor time
 */
record Span(long nanos, CpuTime servers, long generator) {

    /** Does it, and returns what that took. */
    static Span of(Servers servers, Runnable action) {
        var before = servers.cpu();
        var generator = Generator.cpuNanos();
        var begin = System.nanoTime();
        action.run();
        var nanos = System.nanoTime() - begin;
        return new Span(nanos, servers.cpu().since(before), Generator.cpuNanos() - generator);
    }

    double seconds() {
        return nanos / 1e9;
    }

    double serverCores() {
        return (double) servers.total() / nanos;
    }

    double generatorCores() {
        return (double) generator / nanos;
    }
}
