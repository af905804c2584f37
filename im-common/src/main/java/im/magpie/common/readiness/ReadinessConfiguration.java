package im.magpie.common.readiness;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes a service's readiness of the {@link Requirement}s that there are as beans. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ReadinessSettings.class)
public class ReadinessConfiguration {

    @Bean(initMethod = "start")
    Readiness readiness(ObjectProvider<Requirement> requirements, ReadinessSettings settings) {
        return new Readiness(requirements.orderedStream().toList(), settings, System::nanoTime);
    }

    /** The contributor {@code requirements}, which the readiness group of {@code im-common.yml} names. */
    @Bean
    ReadinessIndicator requirementsHealthIndicator(Readiness readiness) {
        return new ReadinessIndicator(readiness);
    }

    @Bean
    ReadinessMeters readinessMeters(Readiness readiness) {
        return new ReadinessMeters(readiness);
    }
}
