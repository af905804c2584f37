package im.magpie.service.change;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * For how long messages may be changed, by the server's clock. Can be changed at run time.
 *
 * @param recallWithin how long after a message its sender may recall it
 * @param editWithin how long after a message its sender may edit it
 */
@ConfigurationProperties("im.service.changes")
public record ChangeSettings(
        @DefaultValue("2m") @NotNull @DurationMin(nanos = 0) Duration recallWithin,

        @DefaultValue("24h") @NotNull @DurationMin(nanos = 0)
        Duration editWithin) {}
