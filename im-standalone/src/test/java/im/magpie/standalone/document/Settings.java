package im.magpie.standalone.document;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** All settings of all services, from the metadata that the compiler writes. */
final class Settings {

    private static final String METADATA = "META-INF/spring-configuration-metadata.json";
    private static final JsonMapper JSON = new JsonMapper();

    private Settings() {}

    /** Returns the settings that begin with {@code im.}, ordered by name. */
    static List<Setting> all() {
        try {
            return Collections.list(Settings.class.getClassLoader().getResources(METADATA)).stream()
                    .flatMap(resource -> {
                        try (var stream = resource.openStream()) {
                            return settings(JSON.readTree(stream));
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .sorted(Comparator.comparing(Setting::name))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Setting> settings(JsonNode metadata) {
        return StreamSupport.stream(metadata.path("properties").spliterator(), false)
                .filter(property -> property.path("name").asString("").startsWith("im."))
                .map(property -> new Setting(
                        property.path("name").asString(),
                        property.path("type").asString(""),
                        property.path("description").asString(""),
                        defaultValue(property.path("defaultValue")),
                        property.path("sourceType").asString("")));
    }

    private static String defaultValue(JsonNode value) {
        if (value.isArray()) {
            return String.join(",", value.valueStream().map(JsonNode::asString).toList());
        }
        return value.asString("");
    }
}
