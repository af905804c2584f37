package im.magpie.service.broker;

import im.magpie.common.broker.BrokerNames;
import im.magpie.common.broker.BrokerSettings;
import im.magpie.common.partition.Partitions;
import im.magpie.common.readiness.Requirement;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.AbstractDeclarable;
import org.springframework.amqp.core.BindingBuilder;
import org.springframework.amqp.core.Declarables;
import org.springframework.amqp.core.DirectExchange;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.amqp.autoconfigure.CachingConnectionFactoryConfigurer;
import org.springframework.boot.amqp.autoconfigure.RabbitConnectionFactoryBeanConfigurer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** The broker as this service sees it: it declares what it publishes to, whenever a connection for that is made, and consumes nothing. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({BrokerProperties.class, BrokerSettings.class})
class BrokerConfiguration {

    @Bean
    BrokerConnections brokerConnections(
            RabbitConnectionFactoryBeanConfigurer client, CachingConnectionFactoryConfigurer caching) {
        return new BrokerConnections(client, caching);
    }

    /** The primary one, by which the broker's health is judged too. */
    @Bean
    @Primary
    CachingConnectionFactory storeConnections(
            BrokerConnections connections, Partitions partitions, BrokerProperties properties) throws Exception {
        var confirmed = connections.confirmed("store");
        // An envelope holds its channel until it is confirmed.
        confirmed.setChannelCacheSize(
                Math.max(confirmed.getChannelCacheSize(), partitions.storeQueues() * properties.window()));
        return confirmed;
    }

    @Bean
    CachingConnectionFactory pushConnections(BrokerConnections connections) throws Exception {
        return connections.unconfirmed("push");
    }

    @Bean
    RabbitAdmin storeAdmin(@Qualifier("storeConnections") ConnectionFactory connections) {
        return new RabbitAdmin(connections);
    }

    @Bean
    RabbitAdmin pushAdmin(@Qualifier("pushConnections") ConnectionFactory connections) {
        return new RabbitAdmin(connections);
    }

    @Bean
    Declarables storeTopology(
            Partitions partitions, BrokerSettings broker, @Qualifier("storeAdmin") RabbitAdmin admin) {
        var exchange = new DirectExchange(BrokerNames.STORE_EXCHANGE);
        List<AbstractDeclarable> declared = new ArrayList<>(List.of(exchange));
        Map<String, @Nullable Object> arguments =
                new HashMap<>(BrokerNames.storeQueueArguments(broker.replicatedQueues()));
        for (int number = 0; number < partitions.storeQueues(); number++) {
            var queue = new Queue(BrokerNames.storeQueue(number), true, false, false, arguments);
            var binding = BindingBuilder.bind(queue).to(exchange).with(Integer.toString(number));
            declared.addAll(List.of(queue, binding));
        }
        declared.forEach(declarable -> declarable.setAdminsThatShouldDeclare(admin));
        return new Declarables(declared);
    }

    @Bean
    DirectExchange pushExchange(@Qualifier("pushAdmin") RabbitAdmin admin) {
        var exchange = new DirectExchange(BrokerNames.PUSH_EXCHANGE);
        exchange.setAdminsThatShouldDeclare(admin);
        return exchange;
    }

    @Bean
    StoreBarriers storeBarriers(StorePublisher store) {
        return new StoreBarriers(store);
    }

    /** What is not confirmed is not acknowledged. */
    @Bean
    Requirement brokerRequirement(StorePublisher store) {
        return new Requirement("broker", () -> store.ready() ? null : "it can't be reached, or takes no messages");
    }

    @Bean
    StorePublisher storePublisher(
            @Qualifier("storeConnections") ConnectionFactory connections,
            Partitions partitions,
            BrokerProperties properties,
            MeterRegistry registry) {
        return new StorePublisher(connections, partitions, properties, registry);
    }
}
