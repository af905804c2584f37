package im.magpie.service.broker;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.broker.BrokerNames;
import im.magpie.common.broker.StoreEnvelope;
import im.magpie.common.error.MagpieException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.core.MessageDeliveryMode;
import org.springframework.amqp.rabbit.connection.CorrelationData;
import org.springframework.amqp.rabbit.core.RabbitTemplate;

/**
 * The way into one store queue. One thread packs what has gathered while earlier envelopes were under way, so envelopes grow with the load and
 * an idle lane sends at once. An envelope that was refused, returned or not answered in time is of unknown outcome: its records go again, after
 * a pause that grows, until they are confirmed or their callers have given up.
 *
 * <p>A caller is never held up longer than it wants to be, even when a write hangs: only the lane's own thread writes.
 */
final class StoreLane implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(StoreLane.class);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(10);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final int queue;
    private final RabbitTemplate template;
    private final BrokerLink link;
    private final BrokerProperties properties;
    private final Semaphore window;
    private final StoreMeters meters;
    private final LinkedBlockingDeque<Consignment> waiting = new LinkedBlockingDeque<>();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicLong envelopes = new AtomicLong();
    private volatile long retryAt;
    private final Thread worker;
    private volatile boolean closed;

    StoreLane(int queue, RabbitTemplate template, BrokerLink link, BrokerProperties properties, StoreMeters meters) {
        this.queue = queue;
        this.template = template;
        this.link = link;
        this.properties = properties;
        this.window = new Semaphore(properties.window());
        this.meters = meters;
        meters.show(queue, this);
        this.worker = Thread.ofVirtual().name("store-lane-" + queue).start(this::run);
    }

    int depth() {
        return waiting.size();
    }

    void add(Consignment consignment) {
        waiting.addLast(consignment);
        // What nobody waits for any longer must not pile up behind a broker that takes nothing.
        consignment.promise().whenComplete((_, failure) -> {
            if (failure != null) {
                waiting.remove(consignment);
            }
        });
        if (closed) {
            abandonAll();
        }
    }

    private void run() {
        try {
            while (!closed) {
                waiting.addFirst(waiting.takeFirst());
                pauseAfterFailure();
                link.awaitUnblocked();
                ship(gather());
            }
        } catch (InterruptedException _) {
            // The lane is closed.
        } finally {
            abandonAll();
        }
    }

    /** Counts from the failure on: what comes long after it goes at once. */
    private void pauseAfterFailure() throws InterruptedException {
        if (failures.get() > 0) {
            Thread.sleep(Duration.ofNanos(Math.max(0, retryAt - System.nanoTime())));
        }
    }

    /** Takes what fits an envelope, by partition: an envelope belongs to one. */
    private Map<Integer, List<Consignment>> gather() {
        Map<Integer, List<Consignment>> loads = new LinkedHashMap<>();
        long size = 0;
        for (var next = waiting.pollFirst(); next != null; next = waiting.pollFirst()) {
            if (next.abandoned()) {
                continue;
            }
            size += next.size();
            if (size > properties.envelopeSize().toBytes() && !loads.isEmpty()) {
                waiting.addFirst(next);
                break;
            }
            loads.computeIfAbsent(next.partition(), _ -> new ArrayList<>()).add(next);
        }
        return loads;
    }

    private void ship(Map<Integer, List<Consignment>> loads) throws InterruptedException {
        try {
            for (var load : loads.entrySet()) {
                window.acquire();
                ship(load.getKey(), load.getValue());
            }
        } catch (InterruptedException e) {
            loads.values().forEach(this::putBack);
            throw e;
        }
    }

    private void ship(int partition, List<Consignment> load) {
        var envelope = StoreEnvelope.newBuilder().setPartition(partition);
        load.forEach(consignment -> envelope.addAllRecords(consignment.records()));
        meters.sent(envelope.getRecordsCount());
        var begin = System.nanoTime();
        publish(envelope.build()).whenComplete((_, failure) -> {
            meters.answered(failure == null, begin);
            if (failure == null) {
                delivered(load);
            } else {
                undelivered(load, failure);
            }
            window.release();
        });
    }

    private CompletableFuture<Void> publish(StoreEnvelope envelope) {
        var correlation = new CorrelationData(Long.toString(envelopes.incrementAndGet()));
        try {
            template.send(BrokerNames.STORE_EXCHANGE, Integer.toString(queue), message(envelope), correlation);
        } catch (RuntimeException e) {
            // Mostly the broker's; whatever it is, the lane must live on.
            return CompletableFuture.failedFuture(e);
        }
        return correlation
                .getFuture()
                .orTimeout(properties.confirmTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .thenAccept(confirm -> requireStored(confirm, correlation));
    }

    private static Message message(StoreEnvelope envelope) {
        return MessageBuilder.withBody(envelope.toByteArray())
                .setContentType("application/x-protobuf")
                .setDeliveryMode(MessageDeliveryMode.PERSISTENT)
                .build();
    }

    /** A broker may confirm what it has returned: it did what it was asked, and yet no queue holds the envelope. */
    private static void requireStored(CorrelationData.Confirm confirm, CorrelationData correlation) {
        if (correlation.getReturned() != null) {
            throw new AmqpException(
                    "no queue takes it: " + correlation.getReturned().getReplyText());
        }
        if (!confirm.ack()) {
            throw new AmqpException("not confirmed: " + confirm.reason());
        }
    }

    private void delivered(List<Consignment> load) {
        if (failures.getAndSet(0) > 0) {
            log.info("Store queue {} takes envelopes again", queue);
        }
        load.forEach(consignment -> consignment.promise().complete(null));
    }

    private void undelivered(List<Consignment> load, @Nullable Throwable failure) {
        int before = failures.getAndIncrement();
        retryAt = System.nanoTime() + pauseAfter(before).toNanos();
        if (before == 0) {
            log.error("Store queue {} does not take envelopes; they are offered again until it does", queue, failure);
        }
        putBack(load);
        if (closed) {
            abandonAll();
        }
    }

    private static Duration pauseAfter(int failuresBefore) {
        var doubled = SHORTEST_PAUSE.multipliedBy(1L << Math.min(failuresBefore, 10));
        return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }

    private void putBack(List<Consignment> load) {
        load.reversed().stream().filter(consignment -> !consignment.abandoned()).forEach(waiting::addFirst);
    }

    private void abandonAll() {
        var reason = new MagpieException(ErrorCode.UNAVAILABLE, "this service is about to stop");
        for (var next = waiting.pollFirst(); next != null; next = waiting.pollFirst()) {
            next.promise().completeExceptionally(reason);
        }
    }

    @Override
    public void close() {
        closed = true;
        worker.interrupt();
    }
}
