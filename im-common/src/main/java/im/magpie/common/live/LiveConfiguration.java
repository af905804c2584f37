package im.magpie.common.live;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.validation.Validator;

/** The settings of a service that can change while it runs, whoever may change them. */
@Configuration(proxyBeanMethods = false)
public class LiveConfiguration {

    @Bean
    LiveSettings liveSettings(ConfigurableEnvironment environment, Validator validator) {
        return new LiveSettings(environment, validator);
    }
}
