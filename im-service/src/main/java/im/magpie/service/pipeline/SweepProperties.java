package im.magpie.service.pipeline;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How messages are found whose way was broken off.
 *
 * @param interval from the end of one sweep to the start of the next
 * @param batch how many messages a sweep claims at a time
 * @param parallel how many partitions are swept at a time
 * @param tidyInterval how often Redis is rid of what it need not hold any more
 */
@Validated
@ConfigurationProperties("im.service.sweep")
public record SweepProperties(
        @DefaultValue("1s") @NotNull @DurationMin(millis = 10)
        Duration interval,

        @DefaultValue("500") @Min(1) @Max(1_000) int batch,
        @DefaultValue("8") @Min(1) @Max(256) int parallel,

        @DefaultValue("5s") @NotNull @DurationMin(millis = 100)
        Duration tidyInterval) {}
