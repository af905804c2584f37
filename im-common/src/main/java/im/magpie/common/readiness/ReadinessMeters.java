package im.magpie.common.readiness;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** Shows whether each thing is there that the service needs. */
final class ReadinessMeters implements MeterBinder {

    private final Readiness readiness;

    ReadinessMeters(Readiness readiness) {
        this.readiness = readiness;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (var requirement : readiness.requirements()) {
            Gauge.builder("magpie.ready", readiness, known -> known.there(requirement) ? 1 : 0)
                    .description("1 while a server or service that this one needs is there, else 0")
                    .tag("requirement", requirement)
                    .register(registry);
        }
    }
}
