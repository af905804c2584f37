package im.magpie.service.personal;

import im.magpie.common.partition.Partitions;
import im.magpie.service.cache.Database;
import im.magpie.service.conversation.ConversationLog;
import im.magpie.service.epoch.PartitionScripts;
import im.magpie.service.index.UserIndexes;
import im.magpie.service.membership.Extents;
import im.magpie.service.membership.MembershipMapper;
import im.magpie.service.push.PushPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionOperations;

@Configuration(proxyBeanMethods = false)
class PersonalConfiguration {

    @Bean
    SettingsTable settingsTable(
            PartitionScripts scripts,
            Partitions partitions,
            SettingsMapper mapper,
            MembershipMapper memberships,
            TransactionOperations transactions,
            Database database) {
        return new SettingsTable(scripts, partitions, mapper, memberships, transactions, database);
    }

    @Bean
    Configuring configuring(
            ConversationLog conversations,
            Extents extents,
            SettingsTable settings,
            UserIndexes indexes,
            PushPublisher pushes) {
        return new Configuring(conversations, extents, settings, indexes, pushes);
    }
}
