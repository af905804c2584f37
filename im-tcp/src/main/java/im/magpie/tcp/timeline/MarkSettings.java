package im.magpie.tcp.timeline;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How watermarks are carried to the services.
 *
 * @param capacity how many conversations of connections wait for a call with a delivered watermark at most, and as many
 *     READs
 * @param maxBatch how many watermarks go into one call at most
 * @param spacing how far apart calls are that only tell what is delivered; the first after a pause goes at once
 * @param conversationSpacing after which time a device's delivered watermark of the same conversation is told again: what
 *     comes sooner waits, and the furthest is told
 * @param maxPositions how many conversations one READ or PUSH_ACK may name
 */
public record MarkSettings(
        @DefaultValue("10000") @Positive int capacity,
        @DefaultValue("500") @Positive @Max(1000) int maxBatch,
        @DefaultValue("50ms") @NotNull Duration spacing,
        @DefaultValue("1s") @NotNull Duration conversationSpacing,
        @DefaultValue("100") @Positive @Max(1000) int maxPositions) {}
