package im.magpie.service.change;

import im.magpie.common.live.LiveSettings;
import im.magpie.service.conversation.ConversationLog;
import im.magpie.service.redis.RedisScripts;
import im.magpie.service.timeline.MessageReader;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ChangeConfiguration {

    @Bean
    ChangeCheck changeCheck(
            ConversationLog conversations, MessageReader messages, RedisScripts scripts, LiveSettings live) {
        return new ChangeCheck(conversations, messages, scripts::timeMillis, live.of(ChangeSettings.class));
    }
}
