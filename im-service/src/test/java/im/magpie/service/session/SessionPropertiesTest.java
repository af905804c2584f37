package im.magpie.service.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class SessionPropertiesTest {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withUserConfiguration(Settings.class);

    @Test
    void defaults() {
        runner.run(
                context -> assertThat(context.getBean(SessionProperties.class)).isEqualTo(new SessionProperties(50)));
    }

    @Test
    void everythingCanBeSet() {
        runner.withPropertyValues("im.service.session.max-devices=2")
                .run(context ->
                        assertThat(context.getBean(SessionProperties.class)).isEqualTo(new SessionProperties(2)));
    }

    @Test
    void usersWithoutDevicesAreRefused() {
        runner.withPropertyValues("im.service.session.max-devices=0")
                .run(context -> assertThat(context).hasFailed());
    }

    @EnableConfigurationProperties(SessionProperties.class)
    static class Settings {}
}
