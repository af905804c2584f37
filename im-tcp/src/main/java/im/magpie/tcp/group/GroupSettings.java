package im.magpie.tcp.group;

import im.magpie.tcp.work.WorkerSettings;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How GROUP is answered, and how groups are told of messages of which the node gets one packet for all members.
 *
 * @param concurrency how many calls are under way at most
 * @param queue how many requests wait on top of them; one more is answered BUSY
 * @param noticeInterval a connection gets at most one NOTICE in it
 * @param renewEvery how often the services hear which groups the node has members of; they forget it after three times that
 * @param doubtPatience how long a change of a group may be overtaken by what follows it before the services are asked
 */
public record GroupSettings(
        @DefaultValue("16") @Positive int concurrency,
        @DefaultValue("1024") @Positive int queue,

        @DefaultValue("1s") @NotNull @DurationMin(millis = 1) @DurationMax(minutes = 1)
        Duration noticeInterval,

        @DefaultValue("20s") @NotNull @DurationMin(millis = 10) @DurationMax(minutes = 10)
        Duration renewEvery,

        @DefaultValue("200ms") @NotNull @DurationMin(millis = 0) @DurationMax(seconds = 10)
        Duration doubtPatience) {

    WorkerSettings workers() {
        return new WorkerSettings(concurrency, queue);
    }
}
