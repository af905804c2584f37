package im.magpie.appbusiness.magpie;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class MagpieConfiguration {

    @Bean
    Signer signer(MagpieProperties properties) {
        return new Signer(properties, Clock.systemUTC());
    }

    @Bean
    MagpieApi magpieApi(MagpieProperties properties, Signer signer) {
        return new MagpieApi(properties, signer);
    }
}
