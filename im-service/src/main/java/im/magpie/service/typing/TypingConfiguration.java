package im.magpie.service.typing;

import im.magpie.service.check.SendCheck;
import im.magpie.service.index.UserIndexes;
import im.magpie.service.membership.Audiences;
import im.magpie.service.push.PushPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class TypingConfiguration {

    @Bean
    TypingNotices typingNotices(SendCheck check, Audiences audiences, UserIndexes indexes, PushPublisher pushes) {
        return new TypingNotices(check, audiences, indexes, pushes);
    }
}
