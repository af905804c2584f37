package im.magpie.service.redis;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/** What is measured of Redis: each script's time. Safe for use by many threads. */
final class ScriptMeters {

    private record Key(Script script, boolean answered) {}

    private final ConcurrentMap<Key, Timer> timers = new ConcurrentHashMap<>();
    private final MeterRegistry registry;

    ScriptMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    void ran(Script script, boolean answered, long begin) {
        var took = System.nanoTime() - begin;
        timers.computeIfAbsent(new Key(script, answered), this::timer).record(took, TimeUnit.NANOSECONDS);
    }

    private Timer timer(Key key) {
        return Timer.builder("magpie.redis.script")
                .description("Runs of scripts in Redis, with the way there and back")
                .tag("script", key.script().name())
                .tag("result", key.answered() ? "ok" : "failed")
                .register(registry);
    }
}
