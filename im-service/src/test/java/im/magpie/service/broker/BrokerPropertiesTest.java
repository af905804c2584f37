package im.magpie.service.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

class BrokerPropertiesTest {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withUserConfiguration(Settings.class);

    @Test
    void defaults() {
        runner.run(context -> {
            assertThat(context.getBean(BrokerProperties.class))
                    .isEqualTo(new BrokerProperties(Duration.ofSeconds(2), DataSize.ofMegabytes(1), 4));
        });
    }

    @Test
    void everythingCanBeSet() {
        runner.withPropertyValues(
                        "im.service.broker.confirm-timeout=700ms",
                        "im.service.broker.envelope-size=3KB",
                        "im.service.broker.window=9")
                .run(context -> {
                    assertThat(context.getBean(BrokerProperties.class))
                            .isEqualTo(new BrokerProperties(Duration.ofMillis(700), DataSize.ofKilobytes(3), 9));
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"confirm-timeout=1ms", "window=0", "window=65"})
    void whatMakesNoSenseIsRefused(String setting) {
        runner.withPropertyValues("im.service.broker." + setting)
                .run(context -> assertThat(context).hasFailed());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(BrokerProperties.class)
    static class Settings {}
}
