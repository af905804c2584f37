package im.magpie.tcp.lane;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** What is measured of lanes: how much waits, and how much goes together. */
final class LaneMeters {

    private final MeterRegistry registry;
    private final DistributionSummary checks;
    private final DistributionSummary submits;

    LaneMeters(MeterRegistry registry) {
        this.registry = registry;
        this.checks = batch("magpie.gateway.check.batch", "Messages in one call of Check", registry);
        this.submits = batch("magpie.gateway.submit.batch", "Messages in one call of Submit", registry);
    }

    private static DistributionSummary batch(String name, String description, MeterRegistry registry) {
        return DistributionSummary.builder(name)
                .description(description)
                .baseUnit("messages")
                .register(registry);
    }

    /** Shows from now on how much waits in a lane. */
    void show(int number, Lane lane) {
        Gauge.builder("magpie.gateway.lane.depth", lane, Lane::waiting)
                .description("Messages that wait for their lane's next batch")
                .baseUnit("messages")
                .tag("lane", Integer.toString(number))
                .register(registry);
    }

    void checked(int messages) {
        checks.record(messages);
    }

    void submitted(int messages) {
        submits.record(messages);
    }
}
