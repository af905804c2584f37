package im.magpie.tcp.room;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.metrics.ResultTimer;
import im.magpie.tcp.room.Said.Rank;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is measured of rooms. Safe for use by many threads. */
public final class RoomMeters {

    private final MeterRegistry registry;
    private final ResultTimer sends;
    private final DistributionSummary batch;
    private final DistributionSummary parcel;
    private final Counter written;
    private final Counter skipped;
    private final Counter unknown;
    private final Counter repaired;
    private final Map<Rank, Counter> leftOut = new EnumMap<>(Rank.class);

    public RoomMeters(MeterRegistry registry) {
        this.registry = registry;
        sends = new ResultTimer(
                registry,
                "magpie.gateway.room.send",
                "Messages of clients to rooms, from ROOM_SEND to its answer",
                ErrorCode.OK);
        batch = messages("magpie.gateway.room.batch", "Messages in one call of Rooms.Send");
        parcel = messages("magpie.gateway.room.parcel", "Messages that go out together to all connections in a room");
        written = pushes("written");
        skipped = pushes("skipped");
        unknown = counter("magpie.gateway.room.unknown", "Packets for rooms that have nobody here any more", "packets");
        repaired = counter(
                "magpie.gateway.room.repairs",
                "Users and whole rooms put out because the event that says so had not been pushed to the node",
                "repairs");
        for (var rank : List.of(Rank.LOW, Rank.NORMAL, Rank.HIGH)) {
            leftOut.put(rank, leftOutCounter(rank));
        }
    }

    private DistributionSummary messages(String name, String description) {
        return DistributionSummary.builder(name)
                .description(description)
                .baseUnit("messages")
                .register(registry);
    }

    private Counter pushes(String outcome) {
        return Counter.builder("magpie.gateway.room.pushes")
                .description("ROOM_PUSH packets to connections; skipped ones found a connection that does not keep up")
                .baseUnit("pushes")
                .tag("outcome", outcome)
                .register(registry);
    }

    private Counter leftOutCounter(Rank rank) {
        return Counter.builder("magpie.gateway.room.left.out")
                .description("Messages that no connection in a room was pushed, because too many had come at once")
                .baseUnit("messages")
                .tag("priority", rank.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }

    private Counter counter(String name, String description, String unit) {
        return Counter.builder(name).description(description).baseUnit(unit).register(registry);
    }

    /** Shows from now on how much waits in a lane. */
    void show(int number, RoomLane lane) {
        Gauge.builder("magpie.gateway.room.lane.depth", lane, RoomLane::waiting)
                .description("Messages to rooms that wait for their lane's next batch")
                .baseUnit("messages")
                .tag("lane", Integer.toString(number))
                .register(registry);
    }

    void answered(ErrorCode code, long since) {
        sends.recordSince(code, since);
    }

    void batch(int messages) {
        batch.record(messages);
    }

    void parcel(int messages) {
        parcel.record(messages);
    }

    void written() {
        written.increment();
    }

    void skipped() {
        skipped.increment();
    }

    void unknown() {
        unknown.increment();
    }

    void repaired() {
        repaired.increment();
    }

    void leftOut(Rank rank) {
        var counter = leftOut.get(rank);
        if (counter != null) {
            counter.increment();
        }
    }
}
