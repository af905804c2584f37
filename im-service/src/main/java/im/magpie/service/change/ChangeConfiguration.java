package im.magpie.service.change;

import im.magpie.common.live.LiveSettings;
import im.magpie.service.conversation.ConversationLog;
import im.magpie.service.membership.Extents;
import im.magpie.service.membership.Standings;
import im.magpie.service.rate.MentionRates;
import im.magpie.service.redis.RedisScripts;
import im.magpie.service.timeline.MessageReader;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ChangeConfiguration {

    @Bean
    GroupRanks groupRanks(Standings standings, Extents extents) {
        return new GroupRanks(standings, extents);
    }

    @Bean
    ChangeCheck changeCheck(
            ConversationLog conversations,
            MessageReader messages,
            GroupRanks ranks,
            MentionRates rates,
            RedisScripts scripts,
            LiveSettings live) {
        return new ChangeCheck(
                conversations, messages, ranks, rates, scripts::timeMillis, live.of(ChangeSettings.class));
    }
}
