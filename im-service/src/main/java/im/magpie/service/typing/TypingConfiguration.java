package im.magpie.service.typing;

import im.magpie.service.index.UserIndexes;
import im.magpie.service.pipeline.SendCheck;
import im.magpie.service.push.PushPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class TypingConfiguration {

    @Bean
    TypingNotices typingNotices(SendCheck check, UserIndexes indexes, PushPublisher pushes) {
        return new TypingNotices(check, indexes, pushes);
    }
}
