package im.magpie.standalone.document;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** A file of docker compose. */
record ComposeFile(Map<String, Map<String, Object>> services, Map<String, Object> volumes) {

    @SuppressWarnings("unchecked")
    static ComposeFile read(String name) throws IOException {
        try (var reader = Files.newBufferedReader(Path.of("..", name))) {
            Map<String, Object> content = new Yaml(new SafeConstructor(new LoaderOptions())).load(reader);
            return new ComposeFile(
                    (Map<String, Map<String, Object>>) requireNonNull(content.get("services")),
                    (Map<String, Object>) requireNonNull(content.get("volumes")));
        }
    }

    /** Returns a service's environment; empty where it has none. */
    @SuppressWarnings("unchecked")
    Map<String, String> environment(String service) {
        return new TreeMap<>((Map<String, String>) of(service).getOrDefault("environment", Map.of()));
    }

    /** Returns what a service's key says, as text. */
    String text(String service, String key) {
        return String.valueOf(of(service).get(key));
    }

    /** Returns the services whose image is of the name, by their names in the file. */
    List<String> ofImage(String image) {
        return services.keySet().stream()
                .filter(service -> text(service, "image").startsWith(image + ":"))
                .toList();
    }

    private Map<String, Object> of(String service) {
        return requireNonNull(services.get(service), service);
    }
}
