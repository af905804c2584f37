package im.magpie.service.session;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * @param maxDevices how many devices of a user may be connected; one more supersedes the one that logged in first
 */
@Validated
@ConfigurationProperties("im.service.session")
public record SessionProperties(
        @DefaultValue("50") @Min(1) @Max(1_000) int maxDevices) {}
