package im.magpie.tcp.lane;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How sends are carried to the services.
 *
 * @param count how many lanes there are; a conversation's hash chooses its lane. More lanes have more calls under way, of fewer
 *     messages each, and reach more instances of im-service
 * @param capacity how many sends wait in a lane at most; one more is answered BUSY
 * @param maxBatch how many sends go into one call at most
 * @param maxBatchBytes how many bytes of content go into one call at most, but for a single message
 * @param spacing how far apart calls begin where more than one send came for the last, and it was not full; a send that comes by
 *     itself goes at once
 * @param hold how long, after a BUSY, the other sends of that connection to that conversation are BUSY too if the
 *     refused one does not return
 * @param retryAfter about how long a sender that hears BUSY or UNAVAILABLE is told to wait
 * @param checkPatience how long checks are repeated before a sender hears UNAVAILABLE
 * @param submitPatience how long a message is offered again of which nobody knows whether it was accepted; then its sender,
 *     who has heard nothing, is left to offer it again
 * @param firstPause the pause before a call is repeated for the first time
 * @param longestPause the longest pause between repetitions
 */
public record LaneSettings(
        @DefaultValue("2") @Positive int count,
        @DefaultValue("2048") @Positive int capacity,
        @DefaultValue("256") @Positive @Max(1000) int maxBatch,
        @DefaultValue("2097152") @Positive int maxBatchBytes,
        @DefaultValue("10ms") @NotNull Duration spacing,
        @DefaultValue("30s") @NotNull Duration hold,
        @DefaultValue("500ms") @NotNull Duration retryAfter,
        @DefaultValue("3s") @NotNull Duration checkPatience,
        @DefaultValue("30s") @NotNull Duration submitPatience,
        @DefaultValue("20ms") @NotNull Duration firstPause,
        @DefaultValue("1s") @NotNull Duration longestPause) {}
