package im.magpie.tcp.transport;

import im.magpie.codec.frame.FrameLimits;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much a connection may ask for.
 *
 * @param maxLoginBodyBytes the largest body before login
 * @param maxBodyBytes the largest body after it
 * @param maxContentBytes the largest content of a message, encoded
 * @param maxUnanswered how many requests may be unanswered before the connection is not read any more
 * @param writeHighWaterMark how many bytes may wait for the peer before nothing is pushed on top
 */
public record LimitSettings(
        @DefaultValue("65536") @Positive int maxLoginBodyBytes,
        @DefaultValue("1048576") @Positive int maxBodyBytes,
        @DefaultValue("32768") @Positive int maxContentBytes,
        @DefaultValue("128") @Min(2) int maxUnanswered,
        @DefaultValue("262144") @Positive int writeHighWaterMark) {

    @AssertTrue(message = "a login must not be allowed to be larger than what comes after it")
    boolean isRising() {
        return maxLoginBodyBytes <= maxBodyBytes;
    }

    FrameLimits frames() {
        return new FrameLimits(maxLoginBodyBytes, maxBodyBytes);
    }
}
