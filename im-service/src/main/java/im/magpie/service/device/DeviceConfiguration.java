package im.magpie.service.device;

import com.github.benmanes.caffeine.cache.Ticker;
import im.magpie.service.cache.CacheProperties;
import im.magpie.service.cache.Database;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DeviceListProperties.class)
class DeviceConfiguration {

    @Bean
    DeviceLog deviceLog(DeviceMapper devices, DeviceListProperties properties, MeterRegistry registry) {
        return new DeviceLog(devices, properties, new DeviceMeters(registry));
    }

    @Bean
    SignOuts signOuts(
            SignOutMapper signOuts,
            Database database,
            DeviceListProperties properties,
            CacheProperties cache,
            Ticker ticker) {
        return new SignOuts(signOuts, database, properties, cache, ticker);
    }
}
