package im.magpie.service.enrolment;

import im.magpie.common.partition.Partitions;
import im.magpie.service.conversation.ConversationLog;
import im.magpie.service.epoch.PartitionScripts;
import im.magpie.service.membership.Rosters;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class EnrolmentConfiguration {

    @Bean
    NodesWithMembers nodesWithMembers(PartitionScripts scripts, Partitions partitions) {
        return new NodesWithMembers(scripts, partitions);
    }

    @Bean
    Enrolments enrolments(NodesWithMembers nodes, ConversationLog conversations, Rosters rosters) {
        return new Enrolments(nodes, conversations, rosters);
    }
}
