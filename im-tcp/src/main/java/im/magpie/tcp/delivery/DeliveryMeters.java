package im.magpie.tcp.delivery;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** What is measured of pushes on their way to devices. Safe for use by many threads. */
public final class DeliveryMeters {

    private final Counter written;
    private final Counter skipped;
    private final Counter resent;
    private final Counter givenUp;
    private final Counter acknowledged;
    private final Counter notices;

    public DeliveryMeters(MeterRegistry registry) {
        written = pushes(registry, "written");
        skipped = pushes(registry, "skipped");
        resent = counter(
                registry,
                "magpie.gateway.resent.pushes",
                "Pushes written again, because nobody acknowledged them",
                "pushes");
        givenUp = counter(
                registry,
                "magpie.gateway.abandoned.pushes",
                "Pushes that were repeated in vain and left to SYNC",
                "pushes");
        acknowledged = counter(
                registry, "magpie.gateway.acknowledged.pushes", "Pushes that devices have acknowledged", "pushes");
        notices = counter(registry, "magpie.gateway.push.acks", "PUSH_ACK packets of clients", "acks");
    }

    private static Counter pushes(MeterRegistry registry, String outcome) {
        return Counter.builder("magpie.gateway.pushes")
                .description(
                        "Pushes to connections; skipped ones found a connection that takes nothing, and are left to"
                                + " SYNC")
                .baseUnit("pushes")
                .tag("outcome", outcome)
                .register(registry);
    }

    private static Counter counter(MeterRegistry registry, String name, String description, String unit) {
        return Counter.builder(name).description(description).baseUnit(unit).register(registry);
    }

    void written() {
        written.increment();
    }

    void skipped() {
        skipped.increment();
    }

    void resent() {
        resent.increment();
    }

    void givenUp() {
        givenUp.increment();
    }

    void acknowledged(int pushes) {
        acknowledged.increment(pushes);
    }

    /** A client has sent PUSH_ACK. */
    void notice() {
        notices.increment();
    }
}
