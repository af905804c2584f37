package im.magpie.common.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/**
 * How often something came to each of its results, and how long that took: timers of one name, with the tag {@code result}. Recording
 * makes no garbage. Safe for use by many threads.
 */
public final class ResultTimer {

    /** Where the buckets of its histogram end: from what a person does not notice to what a client gives up after. */
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10)
    };

    private final MeterRegistry registry;
    private final String name;
    private final String description;
    private final ConcurrentMap<Enum<?>, Timer> timers = new ConcurrentHashMap<>();

    /** Makes timers, of which that of the usual result is there from the beginning. */
    public ResultTimer(MeterRegistry registry, String name, String description, Enum<?> usual) {
        this.registry = registry;
        this.name = name;
        this.description = description;
        timers.put(usual, timer(usual));
    }

    /** Records one result that took so many nanoseconds. */
    public void record(Enum<?> result, long nanos) {
        var known = timers.get(result);
        (known == null ? timers.computeIfAbsent(result, this::timer) : known).record(nanos, TimeUnit.NANOSECONDS);
    }

    /** Records one that began at {@link System#nanoTime} {@code begin} and ends now. */
    public void recordSince(Enum<?> result, long begin) {
        record(result, System.nanoTime() - begin);
    }

    private Timer timer(Enum<?> result) {
        return Timer.builder(name)
                .description(description)
                .tag("result", result.name().toLowerCase(Locale.ROOT))
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }
}
