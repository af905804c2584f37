package im.magpie.service.timeline;

import im.magpie.common.retention.RetentionSettings;
import im.magpie.common.rpc.MessageHistory;
import im.magpie.service.conversation.ConversationLog;
import im.magpie.service.index.UserIndexes;
import im.magpie.service.membership.Extents;
import im.magpie.service.membership.UserGroups;
import im.magpie.service.personal.SettingsTable;
import im.magpie.service.watermark.Watermarks;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({TimelineProperties.class, RetentionSettings.class})
class TimelineConfiguration {

    @Bean
    SyncReader syncReader(
            UserIndexes indexes,
            ConversationLog conversations,
            Extents extents,
            UserGroups groups,
            Watermarks watermarks,
            SettingsTable settings,
            MessageReader messages,
            TimelineProperties properties) {
        var newest = new NewestMessages(messages, properties);
        return new SyncReader(indexes, conversations, extents, groups, watermarks, settings, newest, properties);
    }

    @Bean
    MessageReader messageReader(ConversationLog conversations, MessageHistory history, RetentionSettings retention) {
        // Minutes more or less don't matter to what is kept for days.
        var clock = Clock.systemUTC();
        return new MessageReader(
                conversations,
                new StoredRanges(history),
                app -> retention.of(app).keptSince(clock));
    }

    @Bean
    PullReader pullReader(
            ConversationLog conversations,
            Extents extents,
            MessageReader messages,
            SettingsTable settings,
            TimelineProperties properties) {
        return new PullReader(conversations, extents, messages, settings, properties);
    }
}
