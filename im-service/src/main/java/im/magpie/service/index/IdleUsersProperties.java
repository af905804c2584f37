package im.magpie.service.index;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * When Redis lets go of users who are away.
 *
 * @param after how long a user has no session and no change before his index and watermarks leave Redis; his next use builds them
 *     from MySQL, and may make his devices take the whole list of their conversations
 * @param interval how often users are looked through; one is let go up to two intervals late, or later where there are very many
 */
@Validated
@ConfigurationProperties("im.service.idle-users")
public record IdleUsersProperties(
        @DefaultValue("24h") @NotNull @DurationMin(minutes = 1)
        Duration after,

        @DefaultValue("1m") @NotNull @DurationMin(seconds = 1)
        Duration interval) {}
