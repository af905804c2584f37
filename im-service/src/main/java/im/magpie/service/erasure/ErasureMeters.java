package im.magpie.service.erasure;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.util.concurrent.TimeUnit;

/** What is measured of erasures. Safe for use by many threads. */
final class ErasureMeters {

    private final Counter erased;
    private final Counter failed;
    private volatile long open;
    /** By {@link System#nanoTime}. */
    private volatile long oldestSince;

    ErasureMeters(MeterRegistry registry) {
        this.erased = attempts(registry, "erased");
        this.failed = attempts(registry, "failed");
        Gauge.builder("magpie.service.open.erasures", this, it -> it.open)
                .description("Users who are to be erased and are not yet, as each instance sees it in the database")
                .baseUnit("erasures")
                .register(registry);
        TimeGauge.builder("magpie.service.oldest.erasure", this, TimeUnit.NANOSECONDS, ErasureMeters::oldest)
                .description(
                        "For how long the one has been waiting to be erased who has waited longest; 0 when there is"
                                + " none")
                .register(registry);
    }

    private static Counter attempts(MeterRegistry registry, String outcome) {
        return Counter.builder("magpie.service.erasures")
                .description("Users erased, and attempts that failed and are made again")
                .baseUnit("erasures")
                .tag("outcome", outcome)
                .register(registry);
    }

    private double oldest() {
        return open == 0 ? 0 : System.nanoTime() - oldestSince;
    }

    void open(OpenErasures seen) {
        oldestSince = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(seen.oldestMillis());
        open = seen.count();
    }

    void erased() {
        erased.increment();
    }

    void failed() {
        failed.increment();
    }
}
