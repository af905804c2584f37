package im.magpie.service.push;

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
            RouteLost routeLost) {
        return new PushPublisher(connections, properties, routeLost);
    }
}
