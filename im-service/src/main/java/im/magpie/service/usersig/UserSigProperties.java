package im.magpie.service.usersig;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How tokens are judged.
 *
 * @param clockSkew how far the clock of a business system may differ from this one's
 */
@Validated
@ConfigurationProperties("im.service.user-sig")
public record UserSigProperties(
        @DefaultValue("5s") @DurationMin(millis = 0) @DurationMax(minutes = 1)
        Duration clockSkew) {}
