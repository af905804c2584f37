package im.magpie.appbusiness.signin;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How often somebody may get a password wrong.
 *
 * @param failures after which the user id is closed for a while
 * @param window in which they count, from the first one; then the user id is open again
 */
@Validated
@ConfigurationProperties("im.app-business.login-attempts")
record AttemptProperties(
        @DefaultValue("10") @Min(1) int failures,
        @DefaultValue("5m") @NotNull Duration window) {}
