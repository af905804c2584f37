package im.magpie.bench.workload;

import im.magpie.bench.report.Run;
import im.magpie.bench.workload.Window.Seen;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Makes runs of what was seen. */
final class Results {

    static final String MESSAGE = "message";
    static final String DELIVERY = "delivery";
    static final String ACCEPT = "accept";

    /** Makes a run of messages, each of which counts when it is delivered. */
    static Run of(Bench bench, Run.Load load, int number, String unit, Seen seen) {
        var spent = seen.spent();
        Generator.requireIdle(
                load.title(),
                spent.seconds(),
                spent.generatorCores(),
                bench.settings().loops());
        var latencies = new LinkedHashMap<String, Histogram>();
        latencies.put(DELIVERY, seen.deliveries());
        latencies.put(ACCEPT, seen.accepts());
        return new Run(
                load,
                number,
                Instant.now(),
                unit,
                spent.counts().delivered(),
                spent.seconds(),
                spent.servers().nanos(),
                seen.cpuSeconds(),
                latencies,
                bench.servers().peakMemory(),
                spent.generatorCores(),
                Map.of(
                        "stored_per_accepted",
                                seen.stored() / Math.max(1, spent.counts().accepted()),
                        "repeated", (double) spent.counts().repeated(),
                        "pulled", (double) spent.counts().pulled(),
                        "refused", (double) spent.counts().refused()),
                seen.series());
    }

    private Results() {}
}
