package im.magpie.infrastructure;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;

/** Connects as the services do. */
final class BrokerClient {

    static Connection connect(ServerAddress address) throws Exception {
        var factory = new ConnectionFactory();
        factory.setHost(address.host());
        factory.setPort(address.port());
        factory.setVirtualHost(EmbeddedBroker.VIRTUAL_HOST);
        factory.setUsername(address.credentials().user());
        factory.setPassword(address.credentials().password());
        factory.setAutomaticRecoveryEnabled(false);
        return factory.newConnection();
    }

    private BrokerClient() {}
}
