package im.magpie.tcp.group;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** What is measured of groups of which the node gets one packet for all members. Safe for use by many threads. */
public final class GroupMeters {

    private final Counter shown;
    private final Counter told;
    private final Counter unknown;
    private final Counter repaired;
    private final Counter asked;
    private final Counter notices;

    public GroupMeters(MeterRegistry registry) {
        shown = recipients(registry, "shown");
        told = recipients(registry, "told");
        unknown = counter(
                registry,
                "magpie.gateway.group.unknown",
                "Packets for groups that have nobody here any more",
                "packets");
        repaired = counter(
                registry,
                "magpie.gateway.group.repairs",
                "Groups whose connections were told of something that had not been pushed to the node",
                "groups");
        asked = counter(
                registry,
                "magpie.gateway.group.questions",
                "Groups about whose members the services were asked, because a change was missed or came late",
                "groups");
        notices = counter(registry, "magpie.gateway.group.notices", "NOTICE packets to connections", "packets");
    }

    private static Counter recipients(MeterRegistry registry, String way) {
        return Counter.builder("magpie.gateway.group.recipients")
                .description("Connections that were shown a group's message, or told because it was in doubt whether"
                        + " they may see it")
                .baseUnit("pushes")
                .tag("way", way)
                .register(registry);
    }

    private static Counter counter(MeterRegistry registry, String name, String description, String unit) {
        return Counter.builder(name).description(description).baseUnit(unit).register(registry);
    }

    void shared(int shownTo, int toldTo) {
        shown.increment(shownTo);
        told.increment(toldTo);
    }

    void unknown() {
        unknown.increment();
    }

    void repaired() {
        repaired.increment();
    }

    void asked() {
        asked.increment();
    }

    void notices(int packets) {
        notices.increment(packets);
    }
}
