package im.magpie.bench.workload;

import im.magpie.bench.MeasurementException;
import im.magpie.bench.process.ProcessStat;
import im.magpie.bench.process.ProcessTable;

/** This process, which must not be what is measured. */
final class Generator {

    /** Busier than this, an event loop makes messages late by itself. */
    private static final double BUSY = 0.9;

    /** Processor time is counted in hundredths of a second: what took less than this says nothing. */
    private static final double SHORTEST_SECONDS = 1;

    /** Returns the processor time that it has spent, in nanoseconds. */
    static long cpuNanos() {
        return ProcessTable.now()
                .process(ProcessHandle.current().pid())
                .map(ProcessStat::cpuNanos)
                .orElse(0L);
    }

    /**
     * Lets pass what was measured while it had time left.
     *
     * @throws MeasurementException when it had none
     */
    static void requireIdle(String what, double seconds, double cores, int loops) {
        if (seconds >= SHORTEST_SECONDS && cores > BUSY * loops) {
            throw new MeasurementException(
                    "%s: the generator took %.2f of %d cores: what was measured is its own speed. Give it more with --loops."
                            .formatted(what, cores, loops));
        }
    }

    private Generator() {}
}
