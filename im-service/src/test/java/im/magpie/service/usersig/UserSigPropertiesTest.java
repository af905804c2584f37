package im.magpie.service.usersig;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class UserSigPropertiesTest {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withUserConfiguration(Settings.class);

    @Test
    void defaults() {
        runner.run(context -> assertThat(context.getBean(UserSigProperties.class))
                .isEqualTo(new UserSigProperties(Duration.ofSeconds(5))));
    }

    @Test
    void everythingCanBeSet() {
        runner.withPropertyValues("im.service.user-sig.clock-skew=20s")
                .run(context -> assertThat(context.getBean(UserSigProperties.class))
                        .isEqualTo(new UserSigProperties(Duration.ofSeconds(20))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1s", "2m"})
    void aSkewThatWouldMakeExpiryMeaninglessIsRefused(String skew) {
        runner.withPropertyValues("im.service.user-sig.clock-skew=" + skew)
                .run(context -> assertThat(context).hasFailed());
    }

    @EnableConfigurationProperties(UserSigProperties.class)
    static class Settings {}
}
