package im.magpie.service.pipeline;

import com.google.protobuf.InvalidProtocolBufferException;
import im.magpie.common.broker.AcceptedMessage;
import im.magpie.common.broker.BrokerNames;
import im.magpie.common.broker.StoreEnvelope;
import im.magpie.service.testing.MemoryStore;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitTemplate;

/** Brings what comes through store queue 0 into a store in memory, as im-message-store does with its database. */
public final class StoreQueueReader implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(StoreQueueReader.class);

    private final RabbitTemplate template;
    private final MemoryStore store;
    private final List<StoreEnvelope> envelopes = new CopyOnWriteArrayList<>();
    private final List<AcceptedMessage> returned = new CopyOnWriteArrayList<>();
    private final Thread worker;

    public StoreQueueReader(ConnectionFactory connections, MemoryStore store) {
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
        try {
            while (true) {
                takeAll();
                Thread.sleep(5);
            }
        } catch (InterruptedException _) {
            // Closed.
        }
    }

    private void takeAll() {
        try {
            for (var next = receive(); next != null; next = receive()) {
                take(StoreEnvelope.parseFrom(next.getBody()));
            }
        } catch (AmqpException e) {
            log.debug("The broker is away, which is what some tests are about", e);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    private @Nullable Message receive() {
        return template.receive(BrokerNames.storeQueue(0));
    }

    private void take(StoreEnvelope envelope) {
        for (var record : envelope.getRecordsList()) {
            switch (record.getKindCase()) {
                case BARRIER ->
                    store.publish(envelope.getPartition(), record.getBarrier().getEpoch());
                case MESSAGE -> store.publish(envelope.getPartition(), record.getMessage());
                case SAID -> store.rooms().keep(record.getSaid());
                case KIND_NOT_SET -> throw new IllegalStateException("a record of an unknown kind");
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
        worker.interrupt();
        worker.join();
    }
}
