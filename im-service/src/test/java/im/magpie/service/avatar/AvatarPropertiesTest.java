package im.magpie.service.avatar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.unit.DataSize;

class AvatarPropertiesTest {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withUserConfiguration(Settings.class);

    @Test
    void fetchesNothingUnlessToldTo() {
        runner.run(context -> assertThat(context.getBean(AvatarProperties.class))
                .isEqualTo(new AvatarProperties(
                        List.of(),
                        Duration.ofSeconds(2),
                        DataSize.ofKilobytes(512),
                        4_000_000,
                        DataSize.ofMegabytes(32),
                        1,
                        64)));
    }

    @Test
    void everythingCanBeSet() {
        runner.withPropertyValues(
                        "im.service.avatars.fetch-from=https://a.example/,http://b.example:8080/x/",
                        "im.service.avatars.fetch-timeout=3s",
                        "im.service.avatars.max-bytes=1MB",
                        "im.service.avatars.max-pixels=5",
                        "im.service.avatars.cache=0MB",
                        "im.service.avatars.painters=2",
                        "im.service.avatars.max-waiting=7")
                .run(context -> assertThat(context.getBean(AvatarProperties.class))
                        .isEqualTo(new AvatarProperties(
                                List.of("https://a.example/", "http://b.example:8080/x/"),
                                Duration.ofSeconds(3),
                                DataSize.ofMegabytes(1),
                                5,
                                DataSize.ofMegabytes(0),
                                2,
                                7)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://cdn.example.com",
                "https://cdn.example.com/avatars",
                "cdn.example.com/",
                "file:///etc/",
                "https:///",
                "https://cdn.example.com@10.0.0.1/",
                "https://cdn.example.com/?of=/",
                "https://cdn.example.com/#/"
            })
    void aPrefixThatOthersMayBeginWithIsRefused(String prefix) {
        runner.withPropertyValues("im.service.avatars.fetch-from=" + prefix).run(context -> {
            assertThat(context).hasFailed();
            assertThat(context.getStartupFailure()).rootCause().hasMessageContaining("fetchFrom");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"fetch-timeout=0s", "fetch-timeout=1h", "max-pixels=0", "painters=0", "max-waiting=0"})
    void whatCannotBeIsRefused(String setting) {
        runner.withPropertyValues("im.service.avatars." + setting)
                .run(context -> assertThat(context).hasFailed());
    }

    @EnableConfigurationProperties(AvatarProperties.class)
    static class Settings {}
}
