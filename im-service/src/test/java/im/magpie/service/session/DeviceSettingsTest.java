package im.magpie.service.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.magpie.common.live.LiveConfiguration;
import im.magpie.common.live.LiveSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.MapPropertySource;
import org.springframework.validation.beanvalidation.LocalValidatorFactoryBean;

@ExtendWith(OutputCaptureExtension.class)
class DeviceSettingsTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withUserConfiguration(LiveConfiguration.class)
            .withBean(LocalValidatorFactoryBean.class);

    @Test
    void anyNumberByDefault() {
        runner.run(context -> assertThat(context.getBean(LiveSettings.class)
                        .of(DeviceSettings.class)
                        .get())
                .isEqualTo(new DeviceSettings(DevicePolicy.UNLIMITED, Map.of())));
    }

    @Test
    void anAppMayHaveItsOwn() {
        runner.withPropertyValues(
                        "im.service.devices.policy=single",
                        "im.service.devices.policies.demo=PER_CLIENT_TYPE",
                        "im.service.devices.policies.Other-App=mobile-desktop-web")
                .run(context -> {
                    var settings = context.getBean(LiveSettings.class)
                            .of(DeviceSettings.class)
                            .get();
                    assertThat(settings.of("demo")).isEqualTo(DevicePolicy.PER_CLIENT_TYPE);
                    assertThat(settings.of("Other-App")).isEqualTo(DevicePolicy.MOBILE_DESKTOP_WEB);
                    assertThat(settings.of("other-app")).isEqualTo(DevicePolicy.SINGLE);
                });
    }

    @Test
    void theyChangeAtRunTimeAndTheLogSaysSo(CapturedOutput output) {
        runner.run(context -> {
            var live = context.getBean(LiveSettings.class);
            var settings = live.of(DeviceSettings.class);

            assertThat(change(live, "im.service.devices.policies.demo", "SINGLE"))
                    .isTrue();

            assertThat(settings.get().of("demo")).isEqualTo(DevicePolicy.SINGLE);
            assertThat(settings.get().of("another")).isEqualTo(DevicePolicy.UNLIMITED);
            assertThat(output).contains("im.service.devices.policies was {} and is {demo=SINGLE} now");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "im.service.devices.policy, TWO",
        "im.service.devices.policy, ''",
        "im.service.devices.policies.demo, NONE",
        "im.service.devices.policies.demo, ''",
        "im.service.devices.policies.[de/mo], SINGLE",
        "im.service.devices.police, SINGLE"
    })
    void aBadValueIsRefusedAndTheOldOneStays(String name, String value) {
        runner.run(context -> {
            var live = context.getBean(LiveSettings.class);
            var settings = live.of(DeviceSettings.class);
            change(live, "im.service.devices.policy", "SINGLE");

            assertThat(change(live, name, value)).isFalse();

            assertThat(settings.get()).isEqualTo(new DeviceSettings(DevicePolicy.SINGLE, Map.of()));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"im.service.devices.policy=TWO", "im.service.devices.policies.demo=TWO"})
    void nothingStartsWithABadValue(String property) {
        runner.withPropertyValues(property).run(context -> {
            var live = context.getBean(LiveSettings.class);
            assertThatThrownBy(() -> live.of(DeviceSettings.class)).isInstanceOf(BindException.class);
        });
    }

    private static boolean change(LiveSettings live, String name, String value) {
        return live.change(new MapPropertySource("im-service.yaml", Map.of(name, value)));
    }
}
