package im.magpie.tcp.heartbeat;

import im.magpie.tcp.work.BatchSettings;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How PINGs are answered.
 *
 * @param interval how often clients are asked to write one when they write nothing else
 * @param patience how long a PONG waits for what the services say
 * @param spread over how long all connections are reconciled after a loss
 * @param capacity how many connections wait for a reconcile call at most
 * @param maxBatch how many go into one call at most
 * @param spacing how far apart calls begin that are not full; the first after a pause begins at once
 */
public record HeartbeatSettings(
        @DefaultValue("15s") @NotNull Duration interval,
        @DefaultValue("2s") @NotNull Duration patience,
        @DefaultValue("5s") @NotNull Duration spread,
        @DefaultValue("100000") @Positive int capacity,
        @DefaultValue("500") @Positive @Max(1000) int maxBatch,
        @DefaultValue("500ms") @NotNull Duration spacing) {

    BatchSettings batch() {
        return new BatchSettings(capacity, maxBatch);
    }
}
