package im.magpie.appbusiness.magpie;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.annotation.Configuration;

class MagpiePropertiesTest {

    private static final String SECRET = "a secret of at least thirty-two characters";

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
            .withUserConfiguration(Settings.class)
            .withPropertyValues(
                    "im.app-business.magpie-urls=http://localhost:8000",
                    "im.app-business.app-id=acme",
                    "im.app-business.app-secret=" + SECRET);

    @Test
    void hasDefaults() {
        runner.run(context -> assertThat(context.getBean(MagpieProperties.class))
                .isEqualTo(new MagpieProperties(
                        List.of(URI.create("http://localhost:8000")),
                        "acme",
                        SECRET,
                        Duration.ofHours(12),
                        Duration.ofSeconds(5))));
    }

    @Test
    void canAllBeSet() {
        runner.withPropertyValues("im.app-business.user-sig-ttl=1h", "im.app-business.timeout=2s")
                .run(context -> {
                    var properties = context.getBean(MagpieProperties.class);
                    assertThat(properties.userSigTtl()).isEqualTo(Duration.ofHours(1));
                    assertThat(properties.timeout()).isEqualTo(Duration.ofSeconds(2));
                });
    }

    @Test
    void aShortSecretIsRefusedAndNotShown() {
        runner.withPropertyValues("im.app-business.app-secret=too-short").run(context -> {
            var failure = context.getStartupFailure();
            assertThat(failure).rootCause().hasMessage("im.app-business.app-secret has at least 32 characters");
            for (var cause = failure; cause != null; cause = cause.getCause()) {
                assertThat(cause.getMessage()).doesNotContain("too-short");
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"app-id=", "app-secret=", "user-sig-ttl=soon", "timeout=later"})
    void refuses(String setting) {
        runner.withPropertyValues("im.app-business." + setting)
                .run(context -> assertThat(context).hasFailed());
    }

    @Test
    void keepsTheSecretToItself() {
        runner.run(context -> assertThat(context.getBean(MagpieProperties.class).toString())
                .contains("acme")
                .doesNotContain(SECRET));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(MagpieProperties.class)
    static class Settings {}
}
