package im.magpie.service.broker;

import im.magpie.common.metrics.ResultTimer;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** What is measured of the way into the store queues. */
final class StoreMeters {

    private enum Confirm {
        CONFIRMED,
        FAILED
    }

    private final MeterRegistry registry;
    private final ResultTimer confirms;
    private final DistributionSummary envelopes;

    StoreMeters(MeterRegistry registry) {
        this.registry = registry;
        this.confirms = new ResultTimer(
                registry,
                "magpie.service.store.confirm",
                "Envelopes to the store queues, until the broker has confirmed them or failed to",
                Confirm.CONFIRMED);
        this.envelopes = DistributionSummary.builder("magpie.service.store.batch")
                .description("Records in one envelope to a store queue")
                .baseUnit("records")
                .register(registry);
    }

    /** Shows from now on how much waits for a store queue. */
    void show(int queue, StoreLane lane) {
        Gauge.builder("magpie.service.store.depth", lane, StoreLane::depth)
                .description("Calls whose messages wait for an envelope to their store queue")
                .baseUnit("calls")
                .tag("queue", Integer.toString(queue))
                .register(registry);
    }

    void sent(int records) {
        envelopes.record(records);
    }

    void answered(boolean confirmed, long begin) {
        confirms.recordSince(confirmed ? Confirm.CONFIRMED : Confirm.FAILED, begin);
    }
}
