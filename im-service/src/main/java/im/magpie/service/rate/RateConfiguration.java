package im.magpie.service.rate;

import com.github.benmanes.caffeine.cache.Ticker;
import im.magpie.common.live.LiveSettings;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class RateConfiguration {

    @Bean
    SendRates sendRates(LiveSettings live, Ticker ticker, MeterRegistry registry) {
        return new SendRates(live.of(SendRateSettings.class), ticker, registry);
    }

    @Bean
    MentionRates mentionRates(LiveSettings live, Ticker ticker) {
        return new MentionRates(live.of(MentionRateSettings.class), ticker);
    }
}
