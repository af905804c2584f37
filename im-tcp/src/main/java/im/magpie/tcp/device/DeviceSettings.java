package im.magpie.tcp.device;

import im.magpie.tcp.work.WorkerSettings;
import jakarta.validation.constraints.Positive;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How DEVICES and SIGN_OUT are answered.
 *
 * @param concurrency how many calls are under way at most
 * @param queue how many requests wait on top of them; one more is answered BUSY
 */
public record DeviceSettings(
        @DefaultValue("8") @Positive int concurrency,
        @DefaultValue("512") @Positive int queue) {

    WorkerSettings workers() {
        return new WorkerSettings(concurrency, queue);
    }
}
