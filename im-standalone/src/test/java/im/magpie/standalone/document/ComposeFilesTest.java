package im.magpie.standalone.document;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files that run the services name nothing that the services do not have. */
class ComposeFilesTest {

    /** im-app-business has these of its own, under the names that the others use. */
    private static final Set<String> OF_THE_BUSINESS = Set.of(
            "im.http.address",
            "im.http.port",
            "im.database.url",
            "im.database.username",
            "im.database.password",
            "im.management.address",
            "im.management.port");

    private static final Map<String, String> MODULES = Map.of(
            "im-service", "service", "im-message-store", "store", "im-tcp", "tcp", "im-app-business", "appbusiness");

    private final ComposeFile one = ComposeFile.read("docker-compose.yml");
    private final ComposeFile several = ComposeFile.read("docker-compose.ha.yml");

    ComposeFilesTest() throws IOException {}

    @ParameterizedTest
    @CsvSource({"im-service, 1", "im-message-store, 1", "im-tcp, 2", "im-app-business, 1"})
    void everyVariableIsOneThatTheServiceKnows(String image, int count) {
        var names = one.ofImage("magpie/" + image);

        assertThat(names).hasSize(count);
        for (var name : names) {
            var given = Stream.concat(
                    one.environment(name).keySet().stream(),
                    several.services().containsKey(name) ? several.environment(name).keySet().stream() : Stream.of());
            assertThat(given).isNotEmpty().isSubsetOf(variablesOf(image));
        }
    }

    private static Set<String> variablesOf(String service) {
        var module = requireNonNull(MODULES.get(service));
        return Settings.all().stream()
                .filter(setting -> setting.module().equals(module)
                        || (module.equals("appbusiness")
                                ? OF_THE_BUSINESS.contains(setting.name())
                                : setting.module().equals("common")))
                .map(Setting::variable)
                .collect(Collectors.toSet());
    }

    @Test
    void healthIsAskedWhereItIsAnswered() throws IOException {
        var health = Files.readString(Path.of("..", "docker", "health"));
        var management = Settings.all().stream()
                .filter(setting -> setting.name().equals("im.management.port"))
                .findFirst()
                .orElseThrow();

        assertThat(health)
                .contains("${IM_MANAGEMENT_PORT:-" + management.defaultValue() + "}", "/actuator/health/readiness");
        assertThat(Files.readString(Path.of("..", "Dockerfile.base")))
                .contains("ENV IM_MANAGEMENT_PORT=" + management.defaultValue());
    }

    @ParameterizedTest
    @CsvSource({
        "im-tcp, im.tcp.listen.tcp-port",
        "im-tcp, im.tcp.listen.web-socket-port",
        "im-service, im.http.port",
    })
    void portsAreTheSameEverywhere(String service, String setting) throws IOException {
        var known = Settings.all().stream()
                .filter(each -> each.name().equals(setting))
                .findFirst()
                .orElseThrow();

        assertThat(Files.readString(Path.of("..", service, "Dockerfile")))
                .containsPattern("EXPOSE .*\\b" + known.defaultValue());
        for (var name : one.ofImage("magpie/" + service)) {
            assertThat(one.environment(name)).containsEntry(known.variable(), known.defaultValue());
        }
        assertThat(Files.readString(Path.of("..", "docker", "nginx", "nginx.conf")))
                .contains(":" + known.defaultValue() + " resolve", "listen " + known.defaultValue());
        assertThat(one.text("nginx", "ports")).contains(known.defaultValue() + ":" + known.defaultValue());
    }

    @Test
    void everyServerKeepsItsDataInAvolume() {
        assertThat(List.of("mysql", "redis", "rabbitmq", "nacos"))
                .allSatisfy(server -> assertThat(one.text(server, "volumes")).contains(server + ":/"))
                .allSatisfy(server -> assertThat(one.volumes()).containsKey(server));
    }

    @Test
    void everySecretIsOneThatIsMadeAtRandom() throws IOException {
        var script = Files.readString(Path.of("..", "im"));
        var secrets = Stream.of("docker-compose.yml", "docker-compose.ha.yml")
                .flatMap(ComposeFilesTest::variablesIn)
                .filter(name -> !Set.of("MAGPIE_VERSION", "PUBLIC_HOST").contains(name))
                .collect(Collectors.toSet());

        assertThat(secrets)
                .hasSizeGreaterThan(8)
                .allSatisfy(secret -> assertThat(script).contains(secret));
    }

    private static Stream<String> variablesIn(String file) {
        try {
            return Pattern.compile("(?<!\\$)\\$\\{(\\w+)")
                    .matcher(Files.readString(Path.of("..", file)))
                    .results()
                    .map(match -> match.group(1))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
