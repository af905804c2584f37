package im.magpie.store.queue;

import com.rabbitmq.client.Channel;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.support.RabbitExceptionTranslator;
import org.springframework.stereotype.Component;

/**
 * Channels of the broker's own client on the connections that Spring keeps. Not Spring's cached channels: those come back with what a
 * former user has left on them, while a channel here belongs to one session and ends with it.
 */
@Component
final class BrokerChannels {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerChannels.class);

    private final ConnectionFactory consuming;
    private final ConnectionFactory publishing;

    BrokerChannels(ConnectionFactory connections) {
        this.consuming = connections;
        var separate = connections.getPublisherConnectionFactory();
        this.publishing = separate == null ? connections : separate;
    }

    /** Opens a channel to consume on. */
    Channel toConsume() {
        return open(consuming);
    }

    /** Opens a channel to publish on, over another connection: a broker that is short of memory stops reading from one that publishes. */
    Channel toPublish() {
        return open(publishing);
    }

    /** Returns whether there is a connection to consume on; connects, where there is none, and so may block. */
    boolean connected() {
        return consuming.createConnection().isOpen();
    }

    /** Ends a channel in whatever state it is. */
    static void close(Channel channel) {
        try {
            channel.abort();
        } catch (IOException e) {
            LOG.debug("a channel had trouble ending, but has ended", e);
        }
    }

    private static Channel open(ConnectionFactory connections) {
        var connection = connections.createConnection().getDelegate();
        if (connection == null) {
            throw new AmqpException("the connection is gone");
        }
        try {
            return connection.openChannel().orElseThrow(() -> new AmqpException("the connection has no channel left"));
        } catch (IOException e) {
            throw RabbitExceptionTranslator.convertRabbitAccessException(e);
        }
    }
}
