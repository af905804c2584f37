package im.magpie.service.broker;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How envelopes go to the store queues.
 *
 * @param confirmTimeout how long an envelope may go without the broker's answer before it is published again
 * @param envelopeSize what an envelope may hold; a single larger message still goes, alone
 * @param window how many envelopes of one store queue may wait for their answers at a time
 */
@Validated
@ConfigurationProperties("im.service.broker")
public record BrokerProperties(
        @DefaultValue("2s") @NotNull @DurationMin(millis = 10)
        Duration confirmTimeout,

        @DefaultValue("1MB") @NotNull DataSize envelopeSize,
        @DefaultValue("4") @Min(1) @Max(64) int window) {}
