package im.magpie.tcp.login;

import im.magpie.tcp.work.BatchSettings;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How connections log in.
 *
 * @param deadline how long a new connection has for its LOGIN
 * @param calls how many calls that validate logins are under way at most
 * @param maxBatch how many logins go into one call at most
 * @param queue how many wait on top of them; one more is answered BUSY
 */
public record LoginSettings(
        @DefaultValue("5s") @NotNull Duration deadline,
        @DefaultValue("2") @Positive int calls,
        @DefaultValue("128") @Positive @Max(1000) int maxBatch,
        @DefaultValue("4096") @Positive int queue) {

    BatchSettings batch() {
        return new BatchSettings(queue, maxBatch);
    }
}
