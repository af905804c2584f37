package im.magpie.common.readiness;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * When a service says that it is not ready.
 *
 * @param lookEvery how often it looks for each thing that it needs
 * @param patience how long something that was there may be missing before the service is not ready; it is ready again as soon as it is
 *     there. What passes by itself should not send clients elsewhere
 */
@Validated
@ConfigurationProperties("im.readiness")
public record ReadinessSettings(
        @DefaultValue("2s") @NotNull Duration lookEvery,
        @DefaultValue("5s") @NotNull Duration patience) {}
