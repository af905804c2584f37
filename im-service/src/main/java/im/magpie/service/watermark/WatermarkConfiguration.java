package im.magpie.service.watermark;

import im.magpie.common.partition.Partitions;
import im.magpie.service.conversation.ConversationLog;
import im.magpie.service.epoch.PartitionScripts;
import im.magpie.service.index.UserIndexes;
import im.magpie.service.membership.Extents;
import im.magpie.service.membership.MembershipMapper;
import im.magpie.service.push.PushPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

@Configuration(proxyBeanMethods = false)
@EnableScheduling
class WatermarkConfiguration {

    @Bean
    Watermarks watermarks(PartitionScripts scripts, Partitions partitions, MembershipMapper memberships) {
        return new Watermarks(scripts, partitions, memberships);
    }

    @Bean
    WatermarkWriter watermarkWriter(PartitionScripts scripts, Partitions partitions, MembershipMapper memberships) {
        return new WatermarkWriter(scripts, partitions, memberships);
    }

    @Bean
    Marking marking(
            ConversationLog conversations,
            Extents extents,
            Watermarks watermarks,
            UserIndexes indexes,
            PushPublisher pushes) {
        return new Marking(conversations, extents, watermarks, indexes, pushes);
    }
}
