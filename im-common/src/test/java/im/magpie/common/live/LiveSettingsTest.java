package im.magpie.common.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.validation.Validation;
import jakarta.validation.constraints.Max;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.validation.beanvalidation.SpringValidatorAdapter;

class LiveSettingsTest {

    @ConfigurationProperties("nest")
    record Nest(
            @DefaultValue("4") @Max(9) int eggs,
            @DefaultValue("2s") Duration breeding) {}

    @ConfigurationProperties("tree")
    record Tree(@DefaultValue("oak") String kind) {}

    private final StandardEnvironment environment = new StandardEnvironment();
    private final LiveSettings settings = new LiveSettings(
            environment,
            new SpringValidatorAdapter(Validation.buildDefaultValidatorFactory().getValidator()));

    private boolean change(Map<String, Object> document) {
        return settings.change(new MapPropertySource("test.yaml", document));
    }

    @Test
    void theyStartAsTheEnvironmentSays() {
        environment.getPropertySources().addFirst(new MapPropertySource("start", Map.of("nest.eggs", "3")));

        assertThat(settings.of(Nest.class).get()).isEqualTo(new Nest(3, Duration.ofSeconds(2)));
    }

    @Test
    void aBadStartIsRefused() {
        environment.getPropertySources().addFirst(new MapPropertySource("start", Map.of("nest.eggs", "10")));

        assertThatThrownBy(() -> settings.of(Nest.class)).isInstanceOf(BindException.class);
    }

    @Test
    void whoHasThemSeesAChange() {
        var nest = settings.of(Nest.class);
        var tree = settings.of(Tree.class);

        assertThat(change(Map.of("nest.eggs", 5, "tree.kind", "poplar"))).isTrue();

        assertThat(nest.get()).isEqualTo(new Nest(5, Duration.ofSeconds(2)));
        assertThat(tree.get()).isEqualTo(new Tree("poplar"));
    }

    @Test
    void whatAdocumentNoLongerSaysIsAsAtTheStartAgain() {
        environment.getPropertySources().addFirst(new MapPropertySource("start", Map.of("nest.eggs", "3")));
        var nest = settings.of(Nest.class);
        change(Map.of("nest.eggs", 5, "nest.breeding", "9s"));

        assertThat(change(Map.of("nest.breeding", "9s"))).isTrue();

        assertThat(nest.get()).isEqualTo(new Nest(3, Duration.ofSeconds(9)));
    }

    @ParameterizedTest
    @CsvSource({"nest.eggs, 10", "nest.eggs, many", "nest.feathers, 3", "server.port, 1"})
    void oneBadValueAndEverythingStaysAsItWas(String name, String value) {
        var nest = settings.of(Nest.class);
        var tree = settings.of(Tree.class);
        change(Map.of("nest.eggs", 5));

        assertThat(change(Map.of("tree.kind", "poplar", name, value))).isFalse();

        assertThat(nest.get().eggs()).isEqualTo(5);
        assertThat(tree.get().kind()).isEqualTo("oak");
    }
}
