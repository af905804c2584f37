package im.magpie.tcp.group;

import im.magpie.tcp.work.WorkerSettings;
import jakarta.validation.constraints.Positive;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How GROUP is answered.
 *
 * @param concurrency how many calls are under way at most
 * @param queue how many requests wait on top of them; one more is answered BUSY
 */
public record GroupSettings(
        @DefaultValue("16") @Positive int concurrency,
        @DefaultValue("1024") @Positive int queue) {

    WorkerSettings workers() {
        return new WorkerSettings(concurrency, queue);
    }
}
