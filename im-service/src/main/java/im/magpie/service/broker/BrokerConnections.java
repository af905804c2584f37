package im.magpie.service.broker;

import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory.ConfirmType;
import org.springframework.amqp.rabbit.connection.RabbitConnectionFactoryBean;
import org.springframework.boot.amqp.autoconfigure.CachingConnectionFactoryConfigurer;
import org.springframework.boot.amqp.autoconfigure.RabbitConnectionFactoryBeanConfigurer;

/**
 * Makes connections from {@code spring.rabbitmq.*}. What must not be lost and what may be have one each, so that neither waits behind the other's
 * writes.
 */
final class BrokerConnections {

    private final RabbitConnectionFactoryBeanConfigurer client;
    private final CachingConnectionFactoryConfigurer caching;

    BrokerConnections(RabbitConnectionFactoryBeanConfigurer client, CachingConnectionFactoryConfigurer caching) {
        this.client = client;
        this.caching = caching;
    }

    /** Returns connections whose publishings are confirmed one by one. */
    CachingConnectionFactory confirmed(String name) throws Exception {
        return connections(name, ConfirmType.CORRELATED);
    }

    /** Returns connections whose publishings are only returned, when no queue takes them. */
    CachingConnectionFactory unconfirmed(String name) throws Exception {
        return connections(name, ConfirmType.NONE);
    }

    private CachingConnectionFactory connections(String name, ConfirmType confirms) throws Exception {
        var bean = new RabbitConnectionFactoryBean();
        client.configure(bean);
        bean.afterPropertiesSet();
        var connections = new CachingConnectionFactory(bean.getRabbitConnectionFactory());
        caching.configure(connections);
        connections.setPublisherConfirmType(confirms);
        connections.setPublisherReturns(true);
        connections.setConnectionNameStrategy(_ -> "im-service." + name);
        return connections;
    }
}
