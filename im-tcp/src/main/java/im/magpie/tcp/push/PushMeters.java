package im.magpie.tcp.push;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;

/** What is measured of the node's own queue. */
final class PushMeters {

    private final DistributionSummary batch;
    private final Counter unconnected;

    PushMeters(MeterRegistry registry) {
        this.batch = DistributionSummary.builder("magpie.gateway.push.batch")
                .description("Packets in one envelope of the push queue")
                .baseUnit("packets")
                .register(registry);
        this.unconnected = Counter.builder("magpie.gateway.unconnected.pushes")
                .description("Pushes for connections that were gone")
                .baseUnit("pushes")
                .register(registry);
    }

    void envelope(int packets) {
        batch.record(packets);
    }

    void unconnected() {
        unconnected.increment();
    }
}
