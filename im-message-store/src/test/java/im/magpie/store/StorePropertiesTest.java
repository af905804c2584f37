package im.magpie.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

class StorePropertiesTest {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withUserConfiguration(Properties.class);

    @Test
    void hasDefaultsForEverything() {
        runner.run(context -> assertThat(context.getBean(StoreProperties.class))
                .isEqualTo(new StoreProperties(
                        new StoreProperties.Batch(2_000, DataSize.ofMegabytes(4), Duration.ofMillis(200)),
                        256,
                        new StoreProperties.Backoff(Duration.ofMillis(50), Duration.ofSeconds(2)),
                        100_000,
                        Duration.ofSeconds(10),
                        new StoreProperties.Pull(1_000, DataSize.ofMegabytes(4)),
                        new StoreProperties.Retention(Duration.ofMinutes(10), 1_000, Duration.ofMillis(20)))));
    }

    @Test
    void takesEverySetting() {
        runner.withPropertyValues(
                        "im.store.batch.records=1",
                        "im.store.batch.bytes=2KB",
                        "im.store.batch.spacing=3ms",
                        "im.store.prefetch=3",
                        "im.store.retry.first=4ms",
                        "im.store.retry.longest=5s",
                        "im.store.conversation-cache=6",
                        "im.store.stop-timeout=7s",
                        "im.store.pull.messages=8",
                        "im.store.pull.bytes=9KB",
                        "im.store.retention.interval=10m",
                        "im.store.retention.rows=11",
                        "im.store.retention.pause=12ms")
                .run(context -> assertThat(context.getBean(StoreProperties.class))
                        .isEqualTo(new StoreProperties(
                                new StoreProperties.Batch(1, DataSize.ofKilobytes(2), Duration.ofMillis(3)),
                                3,
                                new StoreProperties.Backoff(Duration.ofMillis(4), Duration.ofSeconds(5)),
                                6,
                                Duration.ofSeconds(7),
                                new StoreProperties.Pull(8, DataSize.ofKilobytes(9)),
                                new StoreProperties.Retention(Duration.ofMinutes(10), 11, Duration.ofMillis(12)))));
    }

    @Test
    void refusesWhatCanNotWork() {
        runner.withPropertyValues("im.store.batch.records=0")
                .run(context -> assertThat(context).hasFailed());
        runner.withPropertyValues("im.store.prefetch=70000")
                .run(context -> assertThat(context).hasFailed());
        runner.withPropertyValues("im.store.pull.messages=0")
                .run(context -> assertThat(context).hasFailed());
        runner.withPropertyValues("im.store.retention.interval=0s")
                .run(context -> assertThat(context).hasFailed());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(StoreProperties.class)
    static class Properties {}
}
