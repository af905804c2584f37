package im.magpie.service.pipeline;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;

/** What is measured of messages that gateways submit: how many come together, and what they hear. */
final class SubmitMeters {

    private final DistributionSummary batch;
    private final Counter settled;
    private final Counter refused;
    private final Counter pending;
    private final Counter checkAgain;
    private final Counter unknown;

    SubmitMeters(MeterRegistry registry) {
        batch = DistributionSummary.builder("magpie.service.submit.batch")
                .description("Messages in one call of Submit")
                .baseUnit("messages")
                .register(registry);
        settled = messages(registry, "settled");
        refused = messages(registry, "refused");
        pending = messages(registry, "pending");
        checkAgain = messages(registry, "check_again");
        unknown = messages(registry, "unknown");
    }

    private static Counter messages(MeterRegistry registry, String outcome) {
        return Counter.builder("magpie.service.messages")
                .description("Messages submitted, by what their gateway is told; pending and unknown ones come again")
                .baseUnit("messages")
                .tag("outcome", outcome)
                .register(registry);
    }

    void answered(Outcome[] outcomes) {
        batch.record(outcomes.length);
        for (var outcome : outcomes) {
            counter(outcome).increment();
        }
    }

    private Counter counter(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Settled _ -> settled;
            case Outcome.Refused _ -> refused;
            case Outcome.Pending _ -> pending;
            case Outcome.CheckAgain _ -> checkAgain;
            case Outcome.Unknown _ -> unknown;
        };
    }
}
