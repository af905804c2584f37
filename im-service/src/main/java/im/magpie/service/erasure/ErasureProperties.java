package im.magpie.service.erasure;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * When users are erased.
 *
 * @param after how long after a user is refused everywhere, at the least, what he has said is taken back; by then nothing of his is under way any more
 * @param interval how often an instance looks for users who are to be erased
 */
@Validated
@ConfigurationProperties("im.service.erasure")
public record ErasureProperties(
        @DefaultValue("1m") @NotNull @DurationMin(seconds = 1)
        Duration after,

        @DefaultValue("5s") @NotNull @DurationMin(millis = 100)
        Duration interval) {}
