package im.magpie.service.cache;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long this process believes what the database said.
 *
 * @param ttl how long after a change another instance may still act on the old answer
 * @param standing how long an old answer stands after that while the database does not answer
 * @param maxEntries how many answers of each kind are kept
 */
@Validated
@ConfigurationProperties("im.service.cache")
public record CacheProperties(
        @DefaultValue("2s") @DurationMin(millis = 0) @DurationMax(minutes = 1)
        Duration ttl,

        @DefaultValue("10m") @DurationMin(millis = 0) @DurationMax(hours = 24)
        Duration standing,

        @DefaultValue("100000") @Min(0) @Max(10_000_000) int maxEntries) {}
