package im.magpie.service.avatar;

import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AvatarProperties.class)
class AvatarConfiguration {

    @Bean
    AvatarMeters avatarMeters(MeterRegistry registry) {
        return new AvatarMeters(registry);
    }

    @Bean
    Motifs motifs(FaceMapper members, AvatarProperties properties) {
        return new Motifs(members, new AvatarSources(properties.fetchFrom()));
    }

    @Bean
    Easel easel(AvatarProperties properties) {
        return new Easel(properties.painters());
    }

    @Bean
    Portraits portraits(AvatarProperties properties, Easel easel, AvatarMeters meters) {
        return new Portraits(properties, easel, meters);
    }

    @Bean
    Gallery gallery(
            AvatarProperties properties, Portraits portraits, Easel easel, AvatarMeters meters, Ticker cacheTicker) {
        return new Gallery(properties, portraits, easel, meters, cacheTicker);
    }
}
