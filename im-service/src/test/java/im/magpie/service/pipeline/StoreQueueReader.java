package im.magpie.service.pipeline;

import com.google.protobuf.InvalidProtocolBufferException;
import im.magpie.common.broker.AcceptedMessage;
import im.magpie.common.broker.BrokerNames;
import im.magpie.common.broker.StoreEnvelope;
import im.magpie.service.testing.MemoryStore;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitTemplate;

/** Brings what comes through store queue 0 into a store in memory, as im-message-store does with its database. */
final class StoreQueueReader implements AutoCloseable {

    private final RabbitTemplate template;
    private final MemoryStore store;
    private final List<StoreEnvelope> envelopes = new CopyOnWriteArrayList<>();
    private final List<AcceptedMessage> returned = new CopyOnWriteArrayList<>();
    private final Thread worker;
    private volatile boolean closed;

    StoreQueueReader(ConnectionFactory connections, MemoryStore store) {
        this.template = new RabbitTemplate(connections);
        this.store = store;
        this.worker = Thread.ofVirtual().start(this::run);
    }

    /** Returns what came with messages in it, in the order in which it came. */
    List<StoreEnvelope> envelopes() {
        return envelopes;
    }

    /** Returns the messages that came behind a barrier. */
    List<AcceptedMessage> returned() {
        return returned;
    }

    private void run() {
        while (!closed) {
            try {
                var message = template.receive(BrokerNames.storeQueue(0), 200);
                if (message != null) {
                    take(StoreEnvelope.parseFrom(message.getBody()));
                }
            } catch (AmqpException e) {
                // The broker, or the queue, is away for a while: that is what some tests are about.
                Thread.onSpinWait();
            } catch (InvalidProtocolBufferException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private void take(StoreEnvelope envelope) {
        for (var record : envelope.getRecordsList()) {
            if (record.hasBarrier()) {
                store.publish(envelope.getPartition(), record.getBarrier().getEpoch());
            } else {
                store.publish(envelope.getPartition(), record.getMessage());
            }
        }
        store.commit(Integer.MAX_VALUE);
        returned.addAll(store.returned());
        if (envelope.getRecords(0).hasMessage()) {
            envelopes.add(envelope);
        }
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        worker.join();
    }
}
