package im.magpie.service.device;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What is remembered of users' devices.
 *
 * @param maxDevices how many devices of a user are remembered; those that were active longest ago are forgotten. As many sign-outs are kept for single
 *     devices: one more makes what the oldest says count for all of the user's devices
 * @param activityInterval how often the activity of a device that stays connected is written down by each instance
 * @param writeInterval how often what has been noted is written to the database
 * @param maxWaiting how many devices may wait to be written; what is noted of others is dropped until there is room, and noted again with their
 *     next activity
 */
@Validated
@ConfigurationProperties("im.service.device-list")
public record DeviceListProperties(
        @DefaultValue("100") @Min(1) @Max(1_000) int maxDevices,

        @DefaultValue("5m") @DurationMin(seconds = 1) @DurationMax(hours = 24)
        Duration activityInterval,

        @DefaultValue("1s") @DurationMin(millis = 10) @DurationMax(minutes = 1)
        Duration writeInterval,

        @DefaultValue("50000") @Min(1) @Max(10_000_000) int maxWaiting) {}
