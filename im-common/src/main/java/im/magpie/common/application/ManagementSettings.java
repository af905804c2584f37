package im.magpie.common.application;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where a service answers those who run it: {@code /actuator/health/liveness} and {@code /actuator/health/readiness}
 * ({@code docs/health.md}), and
 * {@code /actuator/prometheus} ({@code docs/metrics.md}). Not for the public.
 *
 * @param address the interface to listen on
 * @param port 0 for any free one
 */
@Validated
@ConfigurationProperties("im.management")
public record ManagementSettings(
        @DefaultValue("0.0.0.0") @NotNull String address,
        @DefaultValue("8080") @Min(0) @Max(65_535) int port) {}
