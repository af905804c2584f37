package im.magpie.common.readiness;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Says in the service's health what is missing. */
final class ReadinessIndicator implements HealthIndicator {

    private final Readiness readiness;

    ReadinessIndicator(Readiness readiness) {
        this.readiness = readiness;
    }

    @Override
    public Health health() {
        var missing = readiness.missing();
        return missing.isEmpty()
                ? Health.up().build()
                : Health.outOfService().withDetails(missing).build();
    }
}
