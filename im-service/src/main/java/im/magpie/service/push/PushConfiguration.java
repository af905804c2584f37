package im.magpie.service.push;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires pushes to the broker. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PushProperties.class)
class PushConfiguration {

    @Bean
    PushPublisher pushPublisher(
            @Qualifier("pushConnections") ConnectionFactory connections,
            PushProperties properties,
            RouteLost routeLost,
            MeterRegistry registry) {
        return new PushPublisher(connections, properties, routeLost, registry);
    }
}
