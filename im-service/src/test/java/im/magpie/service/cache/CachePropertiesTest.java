package im.magpie.service.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class CachePropertiesTest {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withUserConfiguration(Settings.class);

    @Test
    void defaults() {
        runner.run(context -> assertThat(context.getBean(CacheProperties.class))
                .isEqualTo(new CacheProperties(Duration.ofSeconds(2), Duration.ofMinutes(10), 100_000)));
    }

    @Test
    void everythingCanBeSet() {
        runner.withPropertyValues(
                        "im.service.cache.ttl=50ms", "im.service.cache.standing=3s", "im.service.cache.max-entries=7")
                .run(context -> assertThat(context.getBean(CacheProperties.class))
                        .isEqualTo(new CacheProperties(Duration.ofMillis(50), Duration.ofSeconds(3), 7)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ttl=61s", "ttl=-1s", "standing=-1s", "standing=25h", "max-entries=-1"})
    void whatMakesNoSenseIsRefused(String setting) {
        runner.withPropertyValues("im.service.cache." + setting)
                .run(context -> assertThat(context).hasFailed());
    }

    @EnableConfigurationProperties(CacheProperties.class)
    static class Settings {}
}
