package im.magpie.appbusiness.signin;

import com.github.benmanes.caffeine.cache.Ticker;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class SignInConfiguration {

    @Bean
    Attempts attempts(AttemptProperties properties) {
        return new Attempts(properties, Ticker.systemTicker());
    }
}
