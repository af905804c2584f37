package im.magpie.service.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;

class RedisSettingsTest {

    @EnableConfigurationProperties(RedisSettings.class)
    static class Bound {}

    private final ApplicationContextRunner context = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
            .withUserConfiguration(Bound.class);

    @Test
    void hasDefaults() {
        context.run(started -> assertThat(started.getBean(RedisSettings.class))
                .isEqualTo(new RedisSettings(
                        List.of("redis://127.0.0.1:6379"), null, null, null, Duration.ofSeconds(2), 32)));
    }

    @Test
    void takesEverySetting() {
        context.withPropertyValues(
                        "im.service.redis.addresses=rediss://a:1,rediss://b:2",
                        "im.service.redis.sentinel-master=nest",
                        "im.service.redis.username=magpie",
                        "im.service.redis.password=secret",
                        "im.service.redis.timeout=750ms",
                        "im.service.redis.connections=8")
                .run(started -> assertThat(started.getBean(RedisSettings.class))
                        .isEqualTo(new RedisSettings(
                                List.of("rediss://a:1", "rediss://b:2"),
                                "nest",
                                "magpie",
                                "secret",
                                Duration.ofMillis(750),
                                8)));
    }

    @Test
    void refusesNonsense() {
        context.withPropertyValues("im.service.redis.connections=0")
                .run(started -> assertThat(started).hasFailed());
        context.withPropertyValues("im.service.redis.addresses=")
                .run(started -> assertThat(started).hasFailed());
    }

    @Test
    void oneAddressIsAServerSeveralAreAClusterAndSentinelsAreNamed() {
        var one = new RedisSettings(List.of("redis://a:1"), null, "magpie", "secret", Duration.ofSeconds(1), 1);
        var several =
                new RedisSettings(List.of("redis://a:1", "redis://b:1"), null, null, null, Duration.ofSeconds(1), 4);
        var watched = new RedisSettings(List.of("redis://a:1"), "nest", null, "secret", Duration.ofSeconds(1), 1);
        assertThat(RedisConfiguration.config(one).isSingleConfig()).isTrue();
        assertThat(RedisConfiguration.config(several).isClusterConfig()).isTrue();
        assertThat(RedisConfiguration.config(watched).isSentinelConfig()).isTrue();
    }
}
