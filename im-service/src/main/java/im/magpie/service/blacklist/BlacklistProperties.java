package im.magpie.service.blacklist;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * @param maxEntries how many others a user may block
 */
@Validated
@ConfigurationProperties("im.service.blacklist")
public record BlacklistProperties(
        @DefaultValue("1000") @Min(1) @Max(100_000) int maxEntries) {}
