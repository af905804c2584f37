package im.magpie.store.queue;

import static com.rabbitmq.client.BuiltinExchangeType.DIRECT;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import im.magpie.common.broker.BrokerNames;
import im.magpie.common.broker.BrokerSettings;
import im.magpie.common.readiness.Requirement;
import im.magpie.store.StoreProperties;
import java.io.IOException;
import java.util.Map;
import org.springframework.amqp.rabbit.support.RabbitExceptionTranslator;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;

/** Opens sessions on the store queues, which it declares first: a broker may have come back without them. */
@Component
@EnableConfigurationProperties(BrokerSettings.class)
final class StoreQueues {

    private final BrokerChannels channels;
    private final Map<String, Object> arguments;
    private final int prefetch;

    StoreQueues(BrokerChannels channels, BrokerSettings broker, StoreProperties properties) {
        this.channels = channels;
        this.arguments = BrokerNames.storeQueueArguments(broker.replicatedQueues());
        this.prefetch = properties.prefetch();
    }

    @Bean
    static Requirement brokerRequirement(BrokerChannels channels) {
        return new Requirement("broker", () -> channels.connected() ? null : "the connection is closed");
    }

    /**
     * Starts to consume a queue.
     *
     * @throws org.springframework.amqp.AmqpException when the broker can't be reached or objects
     */
    QueueSession open(int number) {
        var channel = channels.toConsume();
        try {
            declare(channel, number);
            DeadLetters.declare(channel);
            channel.basicQos(prefetch);
            return QueueSession.on(channel, BrokerNames.storeQueue(number));
        } catch (IOException | AlreadyClosedException e) {
            BrokerChannels.close(channel);
            throw RabbitExceptionTranslator.convertRabbitAccessException(e);
        }
    }

    private void declare(Channel channel, int number) throws IOException {
        var queue = BrokerNames.storeQueue(number);
        channel.exchangeDeclare(BrokerNames.STORE_EXCHANGE, DIRECT, true);
        channel.queueDeclare(queue, true, false, false, arguments);
        channel.queueBind(queue, BrokerNames.STORE_EXCHANGE, Integer.toString(number));
    }
}
