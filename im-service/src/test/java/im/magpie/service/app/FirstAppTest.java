package im.magpie.service.app;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.service.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class FirstAppTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    private final AppMapper apps = DATABASE.mapper(AppMapper.class);
    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withUserConfiguration(Settings.class);

    @Test
    void isMadeWhereThereIsNone() {
        new FirstApp(new FirstAppProperties("demo", SECRET, "Demo"), apps).afterPropertiesSet();

        assertThat(apps.find("demo")).isEqualTo(new App("demo", "Demo", SECRET));
    }

    @Test
    void leavesAnAppAsItIs() {
        new FirstApp(new FirstAppProperties("demo", SECRET, "Demo"), apps).afterPropertiesSet();

        new FirstApp(new FirstAppProperties("demo", SECRET + "!", "Other"), apps).afterPropertiesSet();

        assertThat(apps.find("demo")).isEqualTo(new App("demo", "Demo", SECRET));
    }

    @Test
    void everythingCanBeSet() {
        runner.withPropertyValues(
                        "im.service.first-app.id=demo",
                        "im.service.first-app.secret=" + SECRET,
                        "im.service.first-app.name=Demo")
                .run(context -> assertThat(context.getBean(FirstAppProperties.class))
                        .isEqualTo(new FirstAppProperties("demo", SECRET, "Demo")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "short"})
    void thereIsNoStartWithoutASecret(String secret) {
        runner.withPropertyValues("im.service.first-app.id=demo", "im.service.first-app.secret=" + secret)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("secret")
                        .hasMessageContaining("32"));
    }

    @Test
    void anUnsetSecretIsNone() {
        runner.withPropertyValues("im.service.first-app.id=demo")
                .run(context -> assertThat(context).hasFailed());
    }

    @Test
    void anIdThatNoTokenCouldNameIsRefused() {
        runner.withPropertyValues("im.service.first-app.id=a_b", "im.service.first-app.secret=" + SECRET)
                .run(context -> assertThat(context).hasFailed());
    }

    @Test
    void logsNoSecret() {
        assertThat(new FirstAppProperties("demo", SECRET, "Demo").toString()).doesNotContain(SECRET);
    }

    @EnableConfigurationProperties(FirstAppProperties.class)
    static class Settings {}
}
