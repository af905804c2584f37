package im.magpie.appbusiness.signin;

import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class SignInConfiguration {

    @Bean
    Attempts attempts(AttemptProperties properties, Clock clock) {
        return new Attempts(properties, () -> TimeUnit.MILLISECONDS.toNanos(clock.millis()));
    }
}
