package im.magpie.service.rate;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import im.magpie.common.live.LiveConfiguration;
import im.magpie.common.live.LiveSettings;
import im.magpie.common.user.UserKey;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.MapPropertySource;
import org.springframework.validation.beanvalidation.LocalValidatorFactoryBean;

class SendRateSettingsTest {

    private static final UserKey ALICE = new UserKey("acme", "alice");

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withUserConfiguration(RateConfiguration.class, LiveConfiguration.class)
            .withBean(LocalValidatorFactoryBean.class)
            .withBean(SimpleMeterRegistry.class)
            .withBean(Ticker.class, () -> () -> 0);

    @Test
    void defaultsAreFarAboveWhatPeopleDo() {
        runner.run(context -> assertThat(context.getBean(LiveSettings.class)
                        .of(SendRateSettings.class)
                        .get())
                .isEqualTo(new SendRateSettings(500, 1_000, 0, 1_000)));
    }

    @Test
    void everythingCanBeSetAndChanged() {
        runner.withPropertyValues(
                        "im.service.send-rate.user-per-second=1",
                        "im.service.send-rate.user-burst=2",
                        "im.service.send-rate.app-per-second=3",
                        "im.service.send-rate.app-burst=4")
                .run(context -> {
                    var live = context.getBean(LiveSettings.class);
                    var settings = live.of(SendRateSettings.class);
                    assertThat(settings.get()).isEqualTo(new SendRateSettings(1, 2, 3, 4));
                    var rates = context.getBean(SendRates.class);
                    assertThat(rates.take(ALICE, 9).messages()).isEqualTo(2);

                    live.change(new MapPropertySource(
                            "free",
                            Map.of(
                                    "im.service.send-rate.user-per-second",
                                    0,
                                    "im.service.send-rate.app-per-second",
                                    0)));

                    assertThat(settings.get()).isEqualTo(new SendRateSettings(0, 2, 0, 4));
                    assertThat(rates.take(ALICE, 9).messages()).isEqualTo(9);
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "im.service.send-rate.user-per-second=-1",
                "im.service.send-rate.user-burst=0",
                "im.service.send-rate.app-per-second=-1",
                "im.service.send-rate.user-burst=30001"
            })
    void nonsenseIsRefused(String property) {
        runner.withPropertyValues(property).run(context -> assertThat(context).hasFailed());
    }
}
