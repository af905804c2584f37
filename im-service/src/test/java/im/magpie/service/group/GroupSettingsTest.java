package im.magpie.service.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.magpie.common.live.LiveConfiguration;
import im.magpie.common.live.LiveSettings;
import im.magpie.service.membership.Reach;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.validation.beanvalidation.LocalValidatorFactoryBean;

class GroupSettingsTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withUserConfiguration(LiveConfiguration.class)
            .withBean(LocalValidatorFactoryBean.class);

    @Test
    void defaults() {
        runner.run(context -> assertThat(settings(context.getBean(LiveSettings.class)))
                .isEqualTo(new GroupSettings(
                        100_000, Map.of(), 1_000, Map.of(), 200, 2_000, 1_000, 100, Duration.ofDays(30), 500)));
    }

    @Test
    void anAppMayHaveItsOwnBounds() {
        runner.withPropertyValues(
                        "im.service.groups.max-members=50",
                        "im.service.groups.max-members-of.shop=7",
                        "im.service.groups.max-groups-of.Big-Shop=9")
                .run(context -> {
                    var settings = settings(context.getBean(LiveSettings.class));
                    assertThat(settings.maxMembers("shop")).isEqualTo(7);
                    assertThat(settings.maxMembers("another")).isEqualTo(50);
                    assertThat(settings.maxGroups("Big-Shop")).isEqualTo(9);
                    assertThat(settings.maxGroups("shop")).isEqualTo(1_000);
                });
    }

    @Test
    void theBoundsOfTheReachesAreInTheirOrder() {
        runner.withPropertyValues("im.service.groups.index-max-members=10", "im.service.groups.push-max-members=5")
                .run(context -> assertThat(
                                settings(context.getBean(LiveSettings.class)).bounds())
                        .isEqualTo(new Reach.Bounds(10, 10)));
    }

    @ParameterizedTest
    @CsvSource({
        "max-members, 1",
        "max-members, 1000001",
        "max-members-of.shop, 1",
        "max-members-of.[sh/op], 10",
        "max-groups, 0",
        "max-groups-of.shop, 0",
        "index-max-members, 1001",
        "push-max-members, -1",
        "max-requests, 0",
        "max-links, 0",
        "longest-link, 0s",
        "readers-max-members, 1001"
    })
    void aBadValueIsRefused(String name, String value) {
        runner.withPropertyValues("im.service.groups." + name + "=" + value).run(context -> {
            var live = context.getBean(LiveSettings.class);
            assertThatThrownBy(() -> live.of(GroupSettings.class)).hasMessageContaining("im.service.groups");
        });
    }

    private static GroupSettings settings(LiveSettings live) {
        return live.of(GroupSettings.class).get();
    }
}
