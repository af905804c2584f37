package im.magpie.service.testing;

import im.magpie.common.broker.BrokerNames;
import im.magpie.infrastructure.EmbeddedBroker;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.BindingBuilder;
import org.springframework.amqp.core.DirectExchange;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory.ConfirmType;
import org.springframework.amqp.rabbit.core.RabbitAdmin;

/** A real broker in this JVM that can go and come back, on the same port and with what was durable. */
public final class TestBroker {

    private static final Object LOCK = new Object();
    private static @Nullable TestBroker shared;

    private final EmbeddedBroker server = new EmbeddedBroker(TestServers.DATA);

    private TestBroker() {
        server.start();
    }

    /** Returns the broker that the tests of a JVM share. Whoever stops it resumes it. */
    public static TestBroker shared() {
        synchronized (LOCK) {
            if (shared == null) {
                shared = new TestBroker();
            }
            return shared;
        }
    }

    /** Ends the broker's life; connections break. */
    public void stop() {
        server.close();
    }

    /** Starts the broker again. */
    public void resume() {
        server.start();
    }

    /** Returns what an application has to be told to find this broker. */
    public Map<String, String> settings() {
        return server.settings();
    }

    /** Returns connections as a publisher of confirmed messages needs them. */
    public CachingConnectionFactory confirmed() {
        return connections(ConfirmType.CORRELATED);
    }

    /** Returns connections as others need them. */
    public CachingConnectionFactory unconfirmed() {
        return connections(ConfirmType.NONE);
    }

    private CachingConnectionFactory connections(ConfirmType confirms) {
        var address = server.address();
        var connections = new CachingConnectionFactory(address.host(), address.port());
        connections.setVirtualHost(EmbeddedBroker.VIRTUAL_HOST);
        connections.setUsername(address.credentials().user());
        connections.setPassword(address.credentials().password());
        connections.setPublisherConfirmType(confirms);
        connections.setPublisherReturns(true);
        return connections;
    }

    /** Declares a store queue. */
    public void declareStoreQueue(RabbitAdmin admin, int number) {
        declare(admin, BrokerNames.STORE_EXCHANGE, BrokerNames.storeQueue(number), Integer.toString(number));
    }

    /** Leaves a store queue without its binding, so that nothing that is published reaches it. */
    public void cutStoreQueue(RabbitAdmin admin, int number) {
        var queue = new Queue(BrokerNames.storeQueue(number), true);
        var exchange = new DirectExchange(BrokerNames.STORE_EXCHANGE);
        admin.removeBinding(BindingBuilder.bind(queue).to(exchange).with(Integer.toString(number)));
    }

    /** Declares the queue of a gateway node's incarnation; unlike a real one it outlives its connection. */
    public void declarePushQueue(RabbitAdmin admin, String incarnation) {
        declare(admin, BrokerNames.PUSH_EXCHANGE, BrokerNames.pushQueue(incarnation), incarnation);
    }

    private static void declare(RabbitAdmin admin, String exchange, String name, String key) {
        var direct = new DirectExchange(exchange);
        var queue = new Queue(name, true);
        admin.declareExchange(direct);
        admin.declareQueue(queue);
        admin.declareBinding(BindingBuilder.bind(queue).to(direct).with(key));
    }
}
