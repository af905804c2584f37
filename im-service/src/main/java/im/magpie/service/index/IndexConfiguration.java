package im.magpie.service.index;

import im.magpie.common.partition.Partitions;
import im.magpie.service.conversation.IndexRaiser;
import im.magpie.service.epoch.PartitionScripts;
import im.magpie.service.membership.Audiences;
import im.magpie.service.membership.MembershipMapper;
import java.util.ArrayList;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IdleUsersProperties.class)
class IndexConfiguration {

    @Bean
    UserIndexes userIndexes(PartitionScripts scripts, Partitions partitions, MembershipMapper memberships) {
        return new UserIndexes(scripts, partitions, memberships);
    }

    @Bean
    IdleUsers idleUsers(PartitionScripts scripts, IdleUsersProperties properties) {
        return new IdleUsers(scripts, properties.after());
    }

    @Bean
    IndexRaiser indexRaiser(UserIndexes indexes, Audiences audiences) {
        return conversations -> {
            var touches = new ArrayList<Touch>();
            conversations.forEach((conversation, shape) -> audiences
                    .of(conversation, shape)
                    .forEach(user -> touches.add(new Touch(user, conversation.conversationId()))));
            indexes.raise(touches);
        };
    }
}
