package im.magpie.service.rate;

import jakarta.validation.constraints.PositiveOrZero;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often somebody may call everybody in a group. Can be changed at run time.
 *
 * @param allPerMinute how many messages that mention everybody one sender may write to a group in a minute; more are refused (FORBIDDEN). 0 for none.
 *     Each im-service counts what comes through it
 */
@ConfigurationProperties("im.service.mention-rate")
public record MentionRateSettings(
        @DefaultValue("3") @PositiveOrZero int allPerMinute) {}
