package im.magpie.service.push;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

class PushPropertiesTest {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withUserConfiguration(Settings.class);

    @Test
    void defaults() {
        runner.run(context -> assertThat(context.getBean(PushProperties.class))
                .isEqualTo(new PushProperties(10_000, DataSize.ofKilobytes(512))));
    }

    @Test
    void everythingCanBeSet() {
        runner.withPropertyValues("im.service.push.max-waiting=5", "im.service.push.envelope-size=1MB")
                .run(context -> assertThat(context.getBean(PushProperties.class))
                        .isEqualTo(new PushProperties(5, DataSize.ofMegabytes(1))));
    }

    @Test
    void aQueueOfNothingIsRefused() {
        runner.withPropertyValues("im.service.push.max-waiting=0")
                .run(context -> assertThat(context).hasFailed());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(PushProperties.class)
    static class Settings {}
}
