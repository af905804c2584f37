package im.magpie.common.application;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where the service answers its HTTP API.
 *
 * @param address the interface to listen on
 * @param port 0 for any free one
 */
@Validated
@ConfigurationProperties("im.http")
public record HttpSettings(
        @DefaultValue("0.0.0.0") @NotNull String address,
        @DefaultValue("8000") @Min(0) @Max(65_535) int port) {}
