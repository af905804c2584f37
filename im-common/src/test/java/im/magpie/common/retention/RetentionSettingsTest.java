package im.magpie.common.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class RetentionSettingsTest {

    @Test
    void everythingIsKeptForEverByDefault() {
        assertThat(bind(Map.of())).isEqualTo(new RetentionSettings(Retention.FOREVER, Map.of()));
        assertThat(Retention.FOREVER.keptSince(() -> {
                    throw new AssertionError("no time is needed");
                }))
                .isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void anAppMayHaveItsOwn() {
        var settings = bind(Map.of(
                "im.retention.keep", "30d", "im.retention.apps.demo", "forever", "im.retention.apps.Other-App", "12h"));

        assertThat(settings.of("demo")).isEqualTo(Retention.FOREVER);
        assertThat(settings.of("Other-App")).isEqualTo(new Retention(Duration.ofHours(12)));
        assertThat(settings.of("any")).isEqualTo(new Retention(Duration.ofDays(30)));
        assertThat(settings.of("any").keptSince(InstantSource.fixed(Instant.EPOCH.plus(Duration.ofDays(31)))))
                .isEqualTo(Duration.ofDays(1).toMillis());
    }

    @ParameterizedTest
    @ValueSource(strings = {"30", "0d", "-1d", "never", ""})
    void whatCanNotBeUnderstoodDeletesNothing(String value) {
        assertThatExceptionOfType(BindException.class).isThrownBy(() -> bind(Map.of("im.retention.keep", value)));
        assertThatExceptionOfType(BindException.class).isThrownBy(() -> bind(Map.of("im.retention.apps.demo", value)));
    }

    private static RetentionSettings bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("im.retention", RetentionSettings.class);
    }
}
