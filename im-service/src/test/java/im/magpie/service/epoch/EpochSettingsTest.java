package im.magpie.service.epoch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class EpochSettingsTest {

    private static EpochSettings bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("im.service.epoch", EpochSettings.class);
    }

    @Test
    void fencesOnlyWhereAnOlderMasterMayBeAlive() {
        var settings = bind(Map.of());
        assertThat(settings).isEqualTo(new EpochSettings(null, Duration.ofSeconds(1), Duration.ofSeconds(5)));
        assertThat(settings.fence(false)).isZero();
        assertThat(settings.fence(true)).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void fencesAsLongAsIsConfigured() {
        var settings = bind(Map.of(
                "im.service.epoch.fence", "3s",
                "im.service.epoch.patience", "2s",
                "im.service.epoch.deadline", "9s"));
        assertThat(settings)
                .isEqualTo(new EpochSettings(Duration.ofSeconds(3), Duration.ofSeconds(2), Duration.ofSeconds(9)));
        assertThat(settings.fence(false)).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.fence(true)).isEqualTo(Duration.ofSeconds(3));
    }
}
