package im.magpie.common.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What all services measure alike. */
@Configuration(proxyBeanMethods = false)
public class MetricsConfiguration {

    /** Found by this name: {@link RpcTimer} is not a bean. */
    @Bean
    RpcMeters rpcMeters(MeterRegistry registry) {
        return new RpcMeters(registry);
    }
}
