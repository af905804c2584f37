package im.magpie.tcp.room;

import im.magpie.tcp.work.WorkerSettings;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How requests of rooms are carried to the services.
 *
 * @param concurrency how many calls of ROOM are under way at most
 * @param queue how many requests wait on top of them; one more is answered BUSY
 * @param lanes how many lanes there are for ROOM_SEND, apart from those of SEND; a room's hash chooses its lane
 * @param laneCapacity how many messages wait in a lane at most; one more is answered BUSY
 * @param roomCapacity how many of one room
 * @param maxBatch how many messages go into one call at most
 * @param maxBatchBytes how many bytes of them, but for a single message
 * @param renewEvery how often the services hear which rooms the node has connections in; they forget it after three times that
 * @param missedPatience how long an event of a room may be overtaken by what follows it before the services are asked who was banned
 */
public record RoomWorkSettings(
        @DefaultValue("16") @Positive int concurrency,
        @DefaultValue("1024") @Positive int queue,
        @DefaultValue("4") @Positive int lanes,
        @DefaultValue("1024") @Positive int laneCapacity,
        @DefaultValue("256") @Positive int roomCapacity,
        @DefaultValue("256") @Positive @Max(1000) int maxBatch,
        @DefaultValue("2097152") @Positive int maxBatchBytes,

        @DefaultValue("10s") @NotNull @DurationMin(millis = 10) @DurationMax(minutes = 10)
        Duration renewEvery,

        @DefaultValue("200ms") @NotNull @DurationMin(millis = 0) @DurationMax(seconds = 10)
        Duration missedPatience) {

    private static final int LEASE_IN_RENEWALS = 3;

    WorkerSettings workers() {
        return new WorkerSettings(concurrency, queue);
    }

    /** Returns for how long the services take the node for present where they hear nothing. */
    Duration lease() {
        return renewEvery.multipliedBy(LEASE_IN_RENEWALS);
    }
}
