package im.magpie.service.room;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.RoomPriority;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is measured of rooms. Safe for use by many threads. */
final class RoomMeters {

    private final Counter said;
    private final Counter refused;
    private final Counter failed;
    private final Map<RoomPriority, Counter> leftOut = new EnumMap<>(RoomPriority.class);

    RoomMeters(MeterRegistry registry) {
        said = messages(registry, "said");
        refused = messages(registry, "refused");
        failed = messages(registry, "failed");
        for (var priority : List.of(RoomPriority.LOW, RoomPriority.NORMAL, RoomPriority.HIGH)) {
            leftOut.put(
                    priority,
                    Counter.builder("magpie.service.room.limited")
                            .description("Messages to rooms refused, because too much was said there")
                            .baseUnit("messages")
                            .tag("priority", priority.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
    }

    private static Counter messages(MeterRegistry registry, String outcome) {
        return Counter.builder("magpie.service.room")
                .description("Messages to rooms; failed ones for a server that did not answer")
                .baseUnit("messages")
                .tag("outcome", outcome)
                .register(registry);
    }

    /** A message was refused, because its room had taken as many of its priority as it takes. */
    void leftOut(RoomPriority priority) {
        leftOut.computeIfPresent(priority, (_, counter) -> {
            counter.increment();
            return counter;
        });
    }

    void answered(SayOutcome outcome) {
        switch (outcome) {
            case SayOutcome.Said _ -> said.increment();
            case SayOutcome.Refused refusal -> (isFault(refusal.code()) ? failed : refused).increment();
        }
    }

    private static boolean isFault(ErrorCode code) {
        return code == ErrorCode.UNAVAILABLE || code == ErrorCode.INTERNAL || code == ErrorCode.BUSY;
    }
}
