package im.magpie.appbusiness.magpie;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class MagpieConfiguration {

    @Bean
    Signer signer(MagpieProperties properties, Clock clock) {
        return new Signer(properties, clock);
    }

    @Bean
    MagpieApi magpieApi(MagpieProperties properties, Signer signer) {
        return new MagpieApi(properties, signer);
    }
}
