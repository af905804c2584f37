package im.magpie.tcp.node;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a node that stops sends its clients away. Can be changed at run time.
 *
 * @param spread over how long they are told to go, so that the other nodes do not get all at once
 * @param linger how long a client has to go by itself before its connection may be closed
 * @param patience how long it waits for what is unacknowledged and unanswered when all have been told
 */
@ConfigurationProperties("im.tcp.drain")
public record DrainSettings(
        @DefaultValue("2s") @NotNull @DurationMin(millis = 0) @DurationMax(minutes = 10)
        Duration spread,

        @DefaultValue("500ms") @NotNull @DurationMin(millis = 0) @DurationMax(minutes = 1)
        Duration linger,

        @DefaultValue("3s") @NotNull @DurationMin(millis = 0) @DurationMax(minutes = 1)
        Duration patience) {

    /** Returns how long a client that has been told to go may stay. */
    Duration stay() {
        return linger.plus(patience);
    }
}
