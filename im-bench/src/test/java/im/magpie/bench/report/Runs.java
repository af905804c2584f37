package im.magpie.bench.report;

import im.magpie.bench.load.Meter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Runs that nobody has made. */
final class Runs {

    static final Run.Load LOAD =
            new Run.Load("W1", "cluster", "8 <outstanding>", Map.of("users", 1_000, "outstanding", 8));

    /** Of 1,000 messages within two seconds, which took 1 to 1,000 ms. */
    static Run of(int number, long cpuMillis) {
        var latencies = new LinkedHashMap<String, Histogram>();
        latencies.put("delivery", Meter.histogram());
        latencies.put("accept", Meter.histogram());
        for (var millis = 1; millis <= 1_000; millis++) {
            latencies.get("delivery").recordValue(millis * 1_000L);
        }
        return new Run(
                LOAD,
                number,
                Instant.EPOCH,
                "message",
                1_000,
                2,
                Map.of("im-tcp", cpuMillis * 1_000_000, "redis", 500_000_000L),
                2,
                latencies,
                Map.of("im-tcp-1", 1_048_576L),
                0.25,
                Map.of("repeated", 3.0),
                List.of(new Sample(1, 400, 5, 9, 0.5, 0.2), new Sample(2, 600, 6, 10, 0.6, 0.3)));
    }

    private Runs() {}
}
