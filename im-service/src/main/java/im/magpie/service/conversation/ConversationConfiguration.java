package im.magpie.service.conversation;

import im.magpie.common.partition.Partitions;
import im.magpie.common.rpc.MessageHistory;
import im.magpie.service.epoch.Epochs;
import im.magpie.service.epoch.PartitionScripts;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the conversations to Redis, the store and the members' indexes. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ConversationSettings.class)
public class ConversationConfiguration {

    @Bean
    ConversationLog conversationLog(
            Partitions partitions,
            Epochs epochs,
            PartitionScripts scripts,
            MessageHistory history,
            Preparation preparation,
            ConversationSettings settings) {
        return new ConversationLog(partitions, epochs, scripts, history, preparation, settings);
    }
}
