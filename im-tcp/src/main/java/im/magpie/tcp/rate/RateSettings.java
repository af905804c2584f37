package im.magpie.tcp.rate;

import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much a connection may ask for in a second. More is answered RATE_LIMITED. Can be changed at run time.
 *
 * @param requestsPerSecond how many requests it may send on average; 0 for any number
 * @param requestBurst how many at once, after a pause
 * @param bytesPerSecond how many bytes it may send on average; 0 for any number
 * @param byteBurst how many at once, after a pause; a few of the largest bodies should fit in
 */
@ConfigurationProperties("im.tcp.limits.rate")
public record RateSettings(
        @DefaultValue("500") @PositiveOrZero int requestsPerSecond,
        @DefaultValue("1000") @Positive int requestBurst,
        @DefaultValue("2097152") @PositiveOrZero int bytesPerSecond,
        @DefaultValue("8388608") @Positive int byteBurst) {}
