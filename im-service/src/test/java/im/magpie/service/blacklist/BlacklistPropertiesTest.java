package im.magpie.service.blacklist;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class BlacklistPropertiesTest {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withUserConfiguration(Settings.class);

    @Test
    void defaults() {
        runner.run(context ->
                assertThat(context.getBean(BlacklistProperties.class)).isEqualTo(new BlacklistProperties(1_000)));
    }

    @Test
    void everythingCanBeSet() {
        runner.withPropertyValues("im.service.blacklist.max-entries=5")
                .run(context ->
                        assertThat(context.getBean(BlacklistProperties.class)).isEqualTo(new BlacklistProperties(5)));
    }

    @Test
    void aListOfNothingIsRefused() {
        runner.withPropertyValues("im.service.blacklist.max-entries=0")
                .run(context -> assertThat(context).hasFailed());
    }

    @EnableConfigurationProperties(BlacklistProperties.class)
    static class Settings {}
}
