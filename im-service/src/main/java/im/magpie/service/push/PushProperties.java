package im.magpie.service.push;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How pushes leave this service.
 *
 * @param maxWaiting how many calls' pushes may wait for the broker; what comes on top is dropped
 * @param envelopeSize what an envelope may hold; a single larger packet still goes, alone
 */
@Validated
@ConfigurationProperties("im.service.push")
public record PushProperties(
        @DefaultValue("10000") @Min(1) @Max(1_000_000) int maxWaiting,
        @DefaultValue("512KB") @NotNull DataSize envelopeSize) {}
