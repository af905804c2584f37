package im.magpie.service.push;

import im.magpie.common.broker.BrokerNames;
import im.magpie.common.error.MagpieException;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.core.MessageDeliveryMode;
import org.springframework.amqp.core.ReturnedMessage;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitTemplate;

/**
 * Sends packets to connected devices. One thread packs what has gathered while it sent the last, an envelope a node. Nobody waits for it, nothing is
 * repeated: what the broker does not take or no node reads is found by its device through reconcile.
 *
 * <p>Safe for use by many threads.
 */
public final class PushPublisher implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PushPublisher.class);

    private final RabbitTemplate template;
    private final PushProperties properties;
    private final RouteLost routeLost;
    private final BlockingQueue<Supplier<List<Push>>> waiting;
    private final PushMeters meters;
    private final SentRoutes sent = new SentRoutes();
    private final Thread worker;
    private long envelopes;
    private volatile boolean dropping;
    private boolean failing;

    /**
     * @param connections of this publisher alone, with returns
     * @param routeLost hears of the devices for which an envelope was returned; runs on threads of its own
     */
    public PushPublisher(
            ConnectionFactory connections, PushProperties properties, RouteLost routeLost, MeterRegistry registry) {
        this.template = new RabbitTemplate(connections);
        this.template.setMandatory(true);
        this.template.setReturnsCallback(this::returned);
        this.properties = properties;
        this.routeLost = routeLost;
        this.waiting = new ArrayBlockingQueue<>(properties.maxWaiting());
        this.meters = new PushMeters(registry, waiting);
        this.worker = Thread.ofVirtual().name("push-publisher").start(this::run);
    }

    /** Sends packets soon, or drops them when too many wait already. Never blocks. */
    public void publish(List<Push> pushes) {
        publish(() -> pushes);
    }

    /** The same for packets that are made only when they are sent, so that their caller does not wait for that either. */
    public void publish(Supplier<List<Push>> pushes) {
        if (waiting.offer(pushes)) {
            dropping = false;
            return;
        }
        meters.dropped();
        if (!dropping) {
            dropping = true;
            log.warn("More than {} pushes wait for the broker; more are dropped", properties.maxWaiting());
        }
    }

    private void run() {
        try {
            while (true) {
                List<Supplier<List<Push>>> gathered = new ArrayList<>();
                gathered.add(waiting.take());
                waiting.drainTo(gathered);
                var pushes = gathered.stream()
                        .map(PushPublisher::made)
                        .flatMap(Collection::stream)
                        .toList();
                NodeLoad.pack(pushes, properties.envelopeSize().toBytes()).forEach(this::send);
            }
        } catch (InterruptedException _) {
            // The publisher is closed.
        }
    }

    private static List<Push> made(Supplier<List<Push>> pushes) {
        try {
            return pushes.get();
        } catch (RuntimeException e) {
            // A fault of ours; it must not take others' pushes along.
            log.error("Pushes could not be made", e);
            return List.of();
        }
    }

    private void send(NodeLoad load) {
        var id = Long.toString(++envelopes);
        var message = MessageBuilder.withBody(load.envelope().toByteArray())
                .setContentType("application/x-protobuf")
                .setDeliveryMode(MessageDeliveryMode.NON_PERSISTENT)
                .setMessageId(id)
                .build();
        sent.remember(id, load.routes());
        try {
            template.send(BrokerNames.PUSH_EXCHANGE, load.incarnation(), message);
            meters.sent(load.envelope().getItemsCount());
            failing = false;
        } catch (RuntimeException e) {
            // Mostly the broker's; whatever it is, the publisher must live on.
            meters.failed(load.envelope().getItemsCount());
            if (!failing) {
                failing = true;
                log.warn("The broker takes no pushes; they are dropped until it does", e);
            }
        }
    }

    /** Comes on a thread of the connection, which must not wait for Redis. */
    private void returned(ReturnedMessage returned) {
        meters.returned();
        var routes = sent.take(
                String.valueOf(returned.getMessage().getMessageProperties().getMessageId()));
        if (!routes.isEmpty()) {
            Thread.ofVirtual().name("route-lost").start(() -> {
                try {
                    routeLost.lost(routes);
                } catch (MagpieException e) {
                    log.debug("Sessions on {} stay until the next push is returned", returned.getRoutingKey(), e);
                }
            });
        }
    }

    @Override
    public void close() {
        worker.interrupt();
    }
}
