package im.magpie.standalone.document;

import im.magpie.service.change.ChangeSettings;
import im.magpie.service.group.GroupSettings;
import im.magpie.service.rate.MentionRateSettings;
import im.magpie.service.rate.SendRateSettings;
import im.magpie.service.session.DeviceSettings;
import im.magpie.tcp.node.DrainSettings;
import im.magpie.tcp.rate.RateSettings;
import im.magpie.tcp.room.RoomSettings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** The page docs/configuration.md, made of the services' settings. */
final class ConfigurationPage {

    private static final String BEGINNING = """
        # Configuration

        Every setting is a property and an environment variable: `im.tcp.listen.tcp-port` is `IM_TCP_LISTEN_TCP_PORT`. A property may also be given as an
        argument, `--im.tcp.listen.tcp-port=7400`, or in a file named like the service (`im-tcp.yml`) in the folder where it runs. A value that can't be used ends the
        start with a sentence that names it. Durations are written `500ms`, `5s`, `2m`, `1h`; sizes `64KB`, `1MB`; lists with commas.

        A dash under *default* means that there is none: where the meaning doesn't say otherwise, the setting may be left out or, for addresses and secrets of
        servers, has to be given.

        ## At run time

        The settings marked with *yes* under *live* change while a service runs: publish a YAML document in Nacos, in the group `DEFAULT_GROUP`, under the service's
        name: `im-service.yaml`, `im-tcp.yaml`. It goes before everything else, counts as a whole, and each service logs what has changed. A document with a bad value,
        an unknown name or a setting that is not live is refused with a line in the log, and everything stays as it was. What a later document leaves out is again what
        the service was started with.

        ```yaml
        im:
          tcp:
            drain:
              spread: 10s
        ```
        """;

    private static final List<Map.Entry<String, String>> CHAPTERS = List.of(
            Map.entry(
                    "common",
                    "Servers and ports\n\n"
                            + "For im-service, im-message-store and im-tcp alike, as far as they have a use for it:"
                            + " `im.database`, `im.partitions` and `im.retention` are not for im-tcp,\n"
                            + "and `im.http` is for im-service. im-app-business has `im.http`, `im.database` (url,"
                            + " username, password) and `im.management` too;\n"
                            + "its HTTP port is 8003 by default."),
            Map.entry("tcp", "im-tcp"),
            Map.entry("service", "im-service"),
            Map.entry("store", "im-message-store"),
            Map.entry("appbusiness", "im-app-business"));

    private static final Set<String> LIVE = Set.of(
            prefix(ChangeSettings.class),
            prefix(DeviceSettings.class),
            prefix(DrainSettings.class),
            prefix(GroupSettings.class),
            prefix(MentionRateSettings.class),
            prefix(RateSettings.class),
            prefix(RoomSettings.class),
            prefix(SendRateSettings.class));

    private ConfigurationPage() {}

    static String render(List<Setting> settings) {
        var page = new StringBuilder(BEGINNING);
        for (var chapter : CHAPTERS) {
            page.append("\n## ").append(chapter.getValue()).append("\n\n");
            page.append("| property | default | live | meaning |\n|---|---|---|---|\n");
            page.append(settings.stream()
                    .filter(setting -> setting.module().equals(chapter.getKey()))
                    .map(ConfigurationPage::row)
                    .collect(Collectors.joining()));
        }
        return page.toString();
    }

    private static String row(Setting setting) {
        return "| `%s`<br>`%s` | %s | %s | %s |\n"
                .formatted(
                        setting.name(),
                        setting.variable(),
                        setting.defaultValue().isEmpty() ? "-" : "`" + setting.defaultValue() + "`",
                        LIVE.contains(setting.group()) ? "yes" : "",
                        setting.description().replaceAll("\\{@code ([^}]*)}", "`$1`"));
    }

    private static String prefix(Class<? extends Record> type) {
        return type.getAnnotation(ConfigurationProperties.class).value();
    }
}
