package im.magpie.service.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class PipelinePropertiesTest {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withUserConfiguration(Settings.class);

    @Test
    void defaults() {
        runner.run(context -> {
            assertThat(context.getBean(SubmitProperties.class))
                    .isEqualTo(new SubmitProperties(Duration.ofSeconds(5), Duration.ofSeconds(3), 256, 32_768));
            assertThat(context.getBean(SweepProperties.class))
                    .isEqualTo(new SweepProperties(Duration.ofSeconds(1), 500, 8, Duration.ofSeconds(5)));
        });
    }

    @Test
    void everythingCanBeSet() {
        runner.withPropertyValues(
                        "im.service.submit.deadline=7s",
                        "im.service.submit.order-patience=2s",
                        "im.service.submit.max-concurrent=9",
                        "im.service.submit.max-content-bytes=1000",
                        "im.service.sweep.interval=3s",
                        "im.service.sweep.batch=10",
                        "im.service.sweep.parallel=2",
                        "im.service.sweep.tidy-interval=9s")
                .run(context -> {
                    assertThat(context.getBean(SubmitProperties.class))
                            .isEqualTo(new SubmitProperties(Duration.ofSeconds(7), Duration.ofSeconds(2), 9, 1_000));
                    assertThat(context.getBean(SweepProperties.class))
                            .isEqualTo(new SweepProperties(Duration.ofSeconds(3), 10, 2, Duration.ofSeconds(9)));
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "submit.deadline=0s",
                "submit.deadline=2m",
                "submit.order-patience=0s",
                "submit.max-concurrent=0",
                "submit.max-content-bytes=0",
                "sweep.interval=0s",
                "sweep.batch=1001",
                "sweep.parallel=0",
                "sweep.tidy-interval=0s"
            })
    void whatMakesNoSenseIsRefused(String setting) {
        runner.withPropertyValues("im.service." + setting)
                .run(context -> assertThat(context).hasFailed());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties({SubmitProperties.class, SweepProperties.class})
    static class Settings {}
}
