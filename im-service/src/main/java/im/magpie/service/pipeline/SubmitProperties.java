package im.magpie.service.pipeline;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long and how many.
 *
 * @param deadline when a call answers PENDING for what is not settled; has to leave its callers' RPC timeout some seconds
 * @param orderPatience how long a confirmed message waits for one below it that is not
 * @param maxConcurrent how many calls are worked on at a time; more wait, until their deadlines
 * @param maxContentBytes the largest encoded content
 */
@Validated
@ConfigurationProperties("im.service.submit")
public record SubmitProperties(
        @DefaultValue("5s") @NotNull @DurationMin(millis = 100) @DurationMax(seconds = 60)
        Duration deadline,

        @DefaultValue("3s") @NotNull @DurationMin(millis = 10)
        Duration orderPatience,

        @DefaultValue("256") @Min(1) @Max(10_000) int maxConcurrent,
        @DefaultValue("32768") @Min(1) @Max(1_048_576) int maxContentBytes) {}
