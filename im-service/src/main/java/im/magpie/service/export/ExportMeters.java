package im.magpie.service.export;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/** What is measured of exports. Safe for use by many threads. */
@Component
final class ExportMeters {

    private final MeterRegistry registry;
    private final AtomicInteger running = new AtomicInteger();
    private final Counter lines;
    private final Counter bytes;

    /** What became of an export. */
    enum Result {
        COMPLETE,
        /** The server broke it off. */
        FAILED,
        /** Whoever read it did. */
        ABANDONED
    }

    ExportMeters(MeterRegistry registry) {
        this.registry = registry;
        this.lines = written("lines", "Lines that exports have written");
        this.bytes = written("bytes", "Bytes that exports have written");
        Gauge.builder("magpie.service.running.exports", running, AtomicInteger::get)
                .description("Exports under way")
                .baseUnit("exports")
                .register(registry);
        timer(Result.COMPLETE);
    }

    private Counter written(String unit, String description) {
        return Counter.builder("magpie.service.exported." + unit)
                .description(description)
                .baseUnit(unit)
                .register(registry);
    }

    private Timer timer(Result result) {
        return Timer.builder("magpie.service.export")
                .description(
                        "Exports, from the first line to the last one; the server broke failed ones off, their readers"
                                + " abandoned ones")
                .tag("result", result.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }

    void begun() {
        running.incrementAndGet();
    }

    /** @param begin by {@link System#nanoTime} */
    void ended(Result result, long begin) {
        running.decrementAndGet();
        timer(result).record(System.nanoTime() - begin, TimeUnit.NANOSECONDS);
    }

    void wroteLine(int length) {
        lines.increment();
        bytes.increment(length);
    }
}
