package im.magpie.service.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class DeviceListPropertiesTest {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withUserConfiguration(Settings.class);

    @Test
    void defaults() {
        runner.run(context -> assertThat(context.getBean(DeviceListProperties.class))
                .isEqualTo(new DeviceListProperties(100, Duration.ofMinutes(5), Duration.ofSeconds(1), 50_000)));
    }

    @Test
    void everythingCanBeSet() {
        runner.withPropertyValues(
                        "im.service.device-list.max-devices=1",
                        "im.service.device-list.activity-interval=2s",
                        "im.service.device-list.write-interval=3s",
                        "im.service.device-list.max-waiting=4")
                .run(context -> assertThat(context.getBean(DeviceListProperties.class))
                        .isEqualTo(new DeviceListProperties(1, Duration.ofSeconds(2), Duration.ofSeconds(3), 4)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "im.service.device-list.max-devices=0",
                "im.service.device-list.activity-interval=0s",
                "im.service.device-list.write-interval=0s",
                "im.service.device-list.max-waiting=0"
            })
    void nonsenseIsRefused(String property) {
        runner.withPropertyValues(property).run(context -> assertThat(context).hasFailed());
    }

    @EnableConfigurationProperties(DeviceListProperties.class)
    static class Settings {}
}
