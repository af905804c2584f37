package im.magpie.service.push;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;

/** What is measured of pushes that leave this service. */
final class PushMeters {

    private final Counter sent;
    private final Counter failed;
    private final Counter dropped;
    private final Counter returned;
    private final DistributionSummary batch;

    PushMeters(MeterRegistry registry, Collection<?> waiting) {
        sent = packets(registry, "sent");
        failed = packets(registry, "failed");
        dropped =
                counter(registry, "magpie.service.push.dropped", "Calls whose pushes found too many waiting", "calls");
        returned = counter(
                registry,
                "magpie.service.push.returned",
                "Envelopes that came back, because their node is gone",
                "envelopes");
        batch = DistributionSummary.builder("magpie.service.push.batch")
                .description("Packets in one envelope to a gateway")
                .baseUnit("packets")
                .register(registry);
        Gauge.builder("magpie.service.push.waiting", waiting, Collection::size)
                .description("Calls whose pushes wait for the broker")
                .baseUnit("calls")
                .register(registry);
    }

    private static Counter packets(MeterRegistry registry, String outcome) {
        return Counter.builder("magpie.service.pushes")
                .description("Packets for devices, each counted once a node; failed ones the broker did not take")
                .baseUnit("pushes")
                .tag("outcome", outcome)
                .register(registry);
    }

    private static Counter counter(MeterRegistry registry, String name, String description, String unit) {
        return Counter.builder(name).description(description).baseUnit(unit).register(registry);
    }

    void sent(int packets) {
        sent.increment(packets);
        batch.record(packets);
    }

    void failed(int packets) {
        failed.increment(packets);
    }

    void dropped() {
        dropped.increment();
    }

    void returned() {
        returned.increment();
    }
}
