package im.magpie.service.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.common.partition.Partitions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ConversationSettingsTest {

    private static ConversationSettings bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("im.service", ConversationSettings.class);
    }

    @Test
    void partitionsShareTheBoundOfTheirQueue() {
        assertThat(bind(Map.of()).maxUncommittedOf(new Partitions(1, 1, 1))).isEqualTo(50_000);
        var settings = bind(Map.of("im.service.max-uncommitted", "1000"));
        assertThat(settings.maxUncommittedOf(new Partitions(16, 1, 16))).isEqualTo(1_000);
        assertThat(settings.maxUncommittedOf(new Partitions(17, 1, 16))).isEqualTo(500);
        assertThat(settings.maxUncommittedOf(new Partitions(4_096, 1, 1))).isEqualTo(1);
    }
}
