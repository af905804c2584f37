package im.magpie.service.index;

import im.magpie.common.partition.Partitions;
import im.magpie.service.conversation.Preparation;
import im.magpie.service.epoch.PartitionScripts;
import im.magpie.service.membership.Audiences;
import im.magpie.service.membership.MembershipMapper;
import im.magpie.service.membership.StoredEvents;
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
    Preparation preparation(StoredEvents events, UserIndexes indexes, Audiences audiences) {
        return (epoch, shapes) -> {
            // First, so that who follows the index reads what he may.
            events.place(epoch, shapes);
            var touches = new ArrayList<Touch>();
            shapes.forEach((conversation, shape) -> audiences
                    .of(conversation, shape)
                    .forEach(user -> touches.add(new Touch(user, conversation.conversationId()))));
            indexes.raise(touches);
        };
    }
}
