package im.magpie.tcp.timeline;

import im.magpie.tcp.work.WorkerSettings;
import jakarta.validation.constraints.Positive;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How SYNCs and PULLs are answered.
 *
 * @param concurrency how many calls are under way at most
 * @param queue how many requests wait on top of them; one more is answered BUSY
 */
public record ReadingSettings(
        @DefaultValue("64") @Positive int concurrency,
        @DefaultValue("2048") @Positive int queue) {

    WorkerSettings workers() {
        return new WorkerSettings(concurrency, queue);
    }
}
