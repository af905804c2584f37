package im.magpie.store.queue;

import static com.rabbitmq.client.BuiltinExchangeType.FANOUT;
import static com.rabbitmq.client.MessageProperties.PERSISTENT_BASIC;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import im.magpie.common.broker.BrokerNames;
import im.magpie.common.broker.DeadLetter;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.rabbit.support.RabbitExceptionTranslator;
import org.springframework.stereotype.Component;

/** Puts what could not be processed where somebody will look for it. Safe for use by many threads. */
@Component
final class DeadLetters {

    private static final long CONFIRM_TIMEOUT_MILLIS = 10_000;

    private final BrokerChannels channels;

    DeadLetters(BrokerChannels channels) {
        this.channels = channels;
    }

    /**
     * Returns when the broker has all of these on its disk, in a queue.
     *
     * @throws AmqpException when that is not certain: publish them again
     */
    void publish(List<DeadLetter> letters) {
        var channel = channels.toPublish();
        try {
            publish(letters, channel);
        } catch (IOException | TimeoutException | AlreadyClosedException e) {
            throw RabbitExceptionTranslator.convertRabbitAccessException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AmqpException("interrupted", e);
        } finally {
            BrokerChannels.close(channel);
        }
    }

    /** Makes sure there is a queue for them, also before the first one comes. */
    static void declare(Channel channel) throws IOException {
        channel.exchangeDeclare(BrokerNames.DEAD_EXCHANGE, FANOUT, true);
        channel.queueDeclare(BrokerNames.DEAD_QUEUE, true, false, false, null);
        channel.queueBind(BrokerNames.DEAD_QUEUE, BrokerNames.DEAD_EXCHANGE, "");
    }

    private static void publish(List<DeadLetter> letters, Channel channel)
            throws IOException, TimeoutException, InterruptedException {
        declare(channel);
        channel.confirmSelect();
        var returned = new AtomicBoolean();
        channel.addReturnListener(_ -> returned.set(true));
        for (var letter : letters) {
            channel.basicPublish(BrokerNames.DEAD_EXCHANGE, "", true, PERSISTENT_BASIC, letter.toByteArray());
        }
        channel.waitForConfirmsOrDie(CONFIRM_TIMEOUT_MILLIS);
        if (returned.get()) {
            throw new AmqpException("a dead letter came back: no queue is bound to " + BrokerNames.DEAD_EXCHANGE);
        }
    }
}
