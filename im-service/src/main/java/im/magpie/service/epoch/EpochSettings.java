package im.magpie.service.epoch;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How epochs open.
 *
 * @param fence how long an isolated old master may go on writing; left out, it is 20 s where Redis has replicas or was promoted, and
 *     nothing on a Redis that stands alone
 * @param patience how old a taken epoch must be before its opener counts as dead
 * @param deadline how long a caller waits for an epoch to open
 */
@Validated
@ConfigurationProperties("im.service.epoch")
public record EpochSettings(
        @Nullable Duration fence,
        @NotNull @DefaultValue("1s") Duration patience,
        @NotNull @DefaultValue("5s") Duration deadline) {

    private static final Duration REPLICATED = Duration.ofSeconds(20);

    Duration fence(boolean replicated) {
        if (fence != null) {
            return fence;
        }
        return replicated ? REPLICATED : Duration.ZERO;
    }
}
