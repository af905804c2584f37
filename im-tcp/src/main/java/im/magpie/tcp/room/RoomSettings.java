package im.magpie.tcp.room;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much of rooms a connection gets, and may say. Can be changed at run time.
 *
 * @param mergeInterval for how long what is said in a room is gathered and then written at once; the first message of a quiet room does not wait
 * @param maxMessages how many messages a connection gets of a room in one interval at most: more are left out, the least important ones first
 * @param maxBytes how many bytes of them, but for a single message
 * @param perConnection how many rooms a connection may be in
 * @param sendsPerSecond how many messages a connection may say in rooms on average; 0 for any number
 * @param sendBurst how many at once, after a pause
 */
@ConfigurationProperties("im.tcp.rooms")
public record RoomSettings(
        @DefaultValue("50ms") @NotNull @DurationMin(millis = 1) @DurationMax(seconds = 10)
        Duration mergeInterval,

        @DefaultValue("30") @Positive int maxMessages,
        @DefaultValue("65536") @Positive int maxBytes,
        @DefaultValue("10") @Positive int perConnection,
        @DefaultValue("10") @PositiveOrZero int sendsPerSecond,
        @DefaultValue("20") @Positive int sendBurst) {}
