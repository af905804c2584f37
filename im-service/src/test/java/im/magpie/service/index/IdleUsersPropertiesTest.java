package im.magpie.service.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class IdleUsersPropertiesTest {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withUserConfiguration(Settings.class);

    @Test
    void aDayIsLong() {
        runner.run(context -> assertThat(context.getBean(IdleUsersProperties.class))
                .isEqualTo(new IdleUsersProperties(Duration.ofDays(1), Duration.ofMinutes(1))));
    }

    @Test
    void everythingCanBeSet() {
        runner.withPropertyValues("im.service.idle-users.after=2h", "im.service.idle-users.interval=3s")
                .run(context -> assertThat(context.getBean(IdleUsersProperties.class))
                        .isEqualTo(new IdleUsersProperties(Duration.ofHours(2), Duration.ofSeconds(3))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"im.service.idle-users.after=59s", "im.service.idle-users.interval=0s"})
    void nobodyIsLetGoTheMomentHeIsAway(String property) {
        runner.withPropertyValues(property).run(context -> assertThat(context).hasFailed());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(IdleUsersProperties.class)
    static class Settings {}
}
