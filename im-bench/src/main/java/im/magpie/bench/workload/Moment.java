package im.magpie.bench.workload;

import im.magpie.bench.load.Meter.Counts;
import im.magpie.bench.process.CpuTime;

/**
 * How far everything is at a moment, or what is between two.
 *
 * @param nanos as of {@link System#nanoTime}
 * @param servers what the system has spent
 * @param generator what this process has spent, in nanoseconds of processor time
 */
record Moment(long nanos, CpuTime servers, long generator, Counts counts) {

    Moment since(Moment earlier) {
        return new Moment(
                nanos - earlier.nanos,
                servers.since(earlier.servers),
                generator - earlier.generator,
                counts.since(earlier.counts));
    }

    double seconds() {
        return nanos / 1e9;
    }

    double generatorCores() {
        return (double) generator / nanos;
    }

    double serverCores() {
        return (double) servers.total() / nanos;
    }
}
