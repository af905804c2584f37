package im.magpie.tcp.login;

import im.magpie.tcp.work.WorkerSettings;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How connections log in.
 *
 * @param deadline how long a new connection has for its LOGIN
 * @param concurrency how many logins are under way at most
 * @param queue how many wait on top of them; one more is answered BUSY
 */
public record LoginSettings(
        @DefaultValue("5s") @NotNull Duration deadline,
        @DefaultValue("32") @Positive int concurrency,
        @DefaultValue("4096") @Positive int queue) {

    WorkerSettings workers() {
        return new WorkerSettings(concurrency, queue);
    }
}
