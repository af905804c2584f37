package im.magpie.tcp.delivery;

import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How pushed messages are repeated until a device acknowledges them.
 *
 * @param window how many messages a connection may have unacknowledged; a push on top of them is left out
 * @param resendAfter the pause before each repetition; after the last one the push is given up when that pause has
 *     passed once more
 */
public record DeliverySettings(
        @DefaultValue("256") @Positive int window,
        @DefaultValue({"5s", "10s", "20s"}) @NotEmpty List<@NotNull Duration> resendAfter) {}
