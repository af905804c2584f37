package im.magpie.service.usersig;

import im.magpie.service.app.Apps;
import java.time.InstantSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(UserSigProperties.class)
class UserSigConfiguration {

    @Bean
    Tokens tokens(Apps apps, UserSigProperties properties) {
        return new Tokens(apps, properties, InstantSource.system());
    }
}
