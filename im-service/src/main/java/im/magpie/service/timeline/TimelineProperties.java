package im.magpie.service.timeline;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The bounds of a page.
 *
 * @param syncEntries the most conversations in a page of SYNC
 * @param pullMessages the most messages in a page of PULL
 * @param pullSize the most bytes of messages in a page of PULL, but for a single larger message; has to fit a frame's body
 * @param pullRanges the most ranges a PULL may ask for
 */
@Validated
@ConfigurationProperties("im.service.timeline")
public record TimelineProperties(
        @DefaultValue("500") @Min(1) @Max(1_000) int syncEntries,
        @DefaultValue("500") @Min(1) @Max(1_000) int pullMessages,
        @DefaultValue("512KB") @NotNull DataSize pullSize,
        @DefaultValue("200") @Min(1) @Max(1_000) int pullRanges) {}
