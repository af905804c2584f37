package im.magpie.store.queue;

import com.google.protobuf.ByteString;
import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import im.magpie.store.StoreProperties;
import im.magpie.store.retry.Term;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consumes a queue on a channel of its own until the channel, the consumer or the owner ends it. What is not acknowledged by then comes
 * again in a later session. One thread takes; acknowledging is safe for use by many threads.
 */
final class QueueSession implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(QueueSession.class);

    /** Wakes the taker. */
    private static final Delivery END = new Delivery.Unreadable(0, ByteString.EMPTY, "the end");

    private final Channel channel;
    private final Term term = new Term();

    /** Bounded by the channel's prefetch count. */
    private final BlockingQueue<Delivery> inbox = new LinkedBlockingQueue<>();

    /** When the next batch begins, unless it is full before. For the taker. */
    private long due = System.nanoTime();

    /** How many messages keep each of these tags from being acknowledged. Guarded by this. */
    private final TreeMap<Long, Integer> held = new TreeMap<>();

    private QueueSession(Channel channel) {
        this.channel = channel;
    }

    /** Starts to consume on this channel, which the session closes in the end. */
    static QueueSession on(Channel channel, String queue) throws IOException {
        var session = new QueueSession(channel);
        channel.basicConsume(queue, false, session.new Inbox(channel));
        return session;
    }

    /** What depends on this session is worth doing until this ends. */
    Term term() {
        return term;
    }

    /**
     * Waits for a delivery and returns it with those behind it, as many as have gathered and fit; an empty list at the end. Nobody waits for what is
     * stored, and a few large batches are cheaper than many small ones: so there is a time between two that are not full.
     */
    List<Delivery> take(StoreProperties.Batch limits) throws InterruptedException {
        var taken = new ArrayList<Delivery>();
        int records = 0;
        long bytes = 0;
        var next = inbox.take();
        while (next != null && !term.hasEnded()) {
            taken.add(next);
            records += next.records();
            bytes += next.size();
            var full = records >= limits.records() || bytes >= limits.bytes().toBytes();
            next = full ? null : inbox.poll(due - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
        due = System.nanoTime() + limits.spacing().toNanos();
        return term.hasEnded() ? List.of() : taken;
    }

    /** Keeps a delivery from being acknowledged until it is released as often. */
    synchronized void hold(long tag) {
        held.merge(tag, 1, Integer::sum);
    }

    /** Takes back one hold; the last one acknowledges the delivery. */
    synchronized void release(long tag) {
        if (held.merge(tag, -1, Integer::sum) == 0) {
            held.remove(tag);
            acknowledge(tag, false);
        }
    }

    /** Acknowledges everything up to the last of these, which were taken together, except for what is held. */
    synchronized void settle(List<Delivery> taken) {
        long last = taken.getLast().tag();
        if (held.isEmpty() || held.firstKey() > last) {
            acknowledge(last, true);
            return;
        }
        for (var delivery : taken) {
            if (!held.containsKey(delivery.tag())) {
                acknowledge(delivery.tag(), false);
            }
        }
    }

    private void acknowledge(long tag, boolean andAllBefore) {
        try {
            channel.basicAck(tag, andAllBefore);
        } catch (IOException | AlreadyClosedException e) {
            LOG.info("could not acknowledge, so it will come again: {}", e.getMessage());
            end();
        }
    }

    void end() {
        term.end();
        inbox.add(END);
    }

    @Override
    public void close() {
        end();
        BrokerChannels.close(channel);
    }

    private final class Inbox extends DefaultConsumer {

        Inbox(Channel channel) {
            super(channel);
        }

        @Override
        public void handleDelivery(String consumerTag, Envelope envelope, BasicProperties properties, byte[] body) {
            inbox.add(Delivery.read(envelope.getDeliveryTag(), body));
        }

        @Override
        public void handleCancel(String consumerTag) {
            end();
        }

        @Override
        public void handleShutdownSignal(String consumerTag, ShutdownSignalException signal) {
            end();
        }
    }
}
