package im.magpie.service.timeline;

import im.magpie.common.rpc.MessageHistory;
import im.magpie.service.conversation.ConversationLog;
import im.magpie.service.index.UserIndexes;
import im.magpie.service.personal.SettingsTable;
import im.magpie.service.watermark.Watermarks;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TimelineProperties.class)
class TimelineConfiguration {

    @Bean
    SyncReader syncReader(
            UserIndexes indexes,
            ConversationLog conversations,
            Watermarks watermarks,
            SettingsTable settings,
            MessageReader messages,
            TimelineProperties properties) {
        var newest = new NewestMessages(messages, properties);
        return new SyncReader(indexes, conversations, watermarks, settings, newest, properties);
    }

    @Bean
    MessageReader messageReader(ConversationLog conversations, MessageHistory history) {
        return new MessageReader(conversations, new StoredRanges(history));
    }

    @Bean
    PullReader pullReader(
            ConversationLog conversations,
            MessageReader messages,
            SettingsTable settings,
            TimelineProperties properties) {
        return new PullReader(conversations, messages, settings, properties);
    }
}
