package im.magpie.tcp.push;

import com.google.protobuf.InvalidProtocolBufferException;
import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import im.magpie.common.broker.BrokerNames;
import im.magpie.common.broker.PushEnvelope;
import im.magpie.tcp.work.Backoff;
import im.magpie.tcp.work.Loop;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.connection.RabbitUtils;

/**
 * The queue of one life of the node, which it declares and drains, and declares again whenever it was lost. What was in
 * it then is lost too: {@code onRecovered} hears of it, by the queue's thread, so that reconciling can repair it.
 */
public final class PushQueue implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PushQueue.class);

    private final ConnectionFactory connections;
    private final String incarnation;
    private final PushRouter router;
    private final Runnable onRecovered;
    private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));
    private final CountDownLatch ready = new CountDownLatch(1);
    private volatile boolean drained;
    private @Nullable Loop loop;
    private int failures;

    /** Makes a queue that is not drained yet. */
    public PushQueue(ConnectionFactory connections, String incarnation, PushRouter router, Runnable onRecovered) {
        this.connections = connections;
        this.incarnation = incarnation;
        this.router = router;
        this.onRecovered = onRecovered;
    }

    /** Begins to drain the queue, as soon as the broker lets it. */
    public void start() {
        loop = Loop.start("push-queue", this::step);
    }

    /** Blocks until the queue is drained for the first time; returns false when that takes too long. */
    public boolean awaitReady(Duration patience) throws InterruptedException {
        return ready.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Returns whether pushes come in now. */
    public boolean drained() {
        return drained;
    }

    private void step() throws InterruptedException {
        failures = drain() ? 0 : failures + 1;
        backoff.await(failures);
    }

    /** Blocks while the queue is being drained; returns whether it ever was. */
    private boolean drain() throws InterruptedException {
        try (var connection = connections.createConnection()) {
            var channel = connection.createChannel(false);
            try {
                var lost = consume(channel);
                drained = true;
                begun();
                lost.await();
                return true;
            } finally {
                drained = false;
                discard(channel);
            }
        } catch (AmqpException | IOException | ShutdownSignalException e) {
            LOG.warn("The push queue can't be had: {}", e.toString());
            return false;
        }
    }

    private CountDownLatch consume(Channel channel) throws IOException {
        var queue = BrokerNames.pushQueue(incarnation);
        channel.exchangeDeclare(BrokerNames.PUSH_EXCHANGE, BuiltinExchangeType.DIRECT, true);
        channel.queueDeclare(queue, false, true, true, Map.of());
        channel.queueBind(queue, BrokerNames.PUSH_EXCHANGE, incarnation);
        var drain = new Drain(channel);
        // Acknowledged by being sent: what is lost on the way is repaired by reconciling.
        channel.basicConsume(queue, true, drain);
        return drain.lost;
    }

    private void begun() {
        var again = ready.getCount() == 0;
        ready.countDown();
        LOG.info("The push queue of {} is drained", incarnation);
        if (again) {
            onRecovered.run();
        }
    }

    private static void discard(Channel channel) {
        try {
            RabbitUtils.setPhysicalCloseRequired(channel, true);
            channel.close();
        } catch (IOException | TimeoutException | AmqpException | ShutdownSignalException e) {
            LOG.debug("The push queue's channel was closed already: {}", e.toString());
        }
    }

    /** Ends the queue, and with it what is in it. */
    @Override
    public void close() {
        if (loop != null) {
            loop.close();
        }
    }

    private final class Drain extends DefaultConsumer {

        final CountDownLatch lost = new CountDownLatch(1);

        Drain(Channel channel) {
            super(channel);
        }

        @Override
        public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
            try {
                router.route(PushEnvelope.parseFrom(body));
            } catch (InvalidProtocolBufferException e) {
                LOG.error("A push envelope of {} bytes can't be read and is dropped", body.length, e);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void handleCancel(String tag) {
            LOG.warn("The broker has ended the push queue");
            lost.countDown();
        }

        @Override
        public void handleShutdownSignal(String tag, ShutdownSignalException signal) {
            LOG.warn("The push queue is lost: {}", signal.getMessage());
            lost.countDown();
        }
    }
}
