package im.magpie.service.broker;

import im.magpie.common.broker.AcceptedMessage;
import im.magpie.common.broker.Barrier;
import im.magpie.common.broker.SaidInRoom;
import im.magpie.common.broker.StoreRecord;
import im.magpie.common.partition.Partitions;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitTemplate;

/** Brings records into the store queues, persistent and confirmed. Safe for use by many threads; nothing here blocks its caller. */
public final class StorePublisher implements AutoCloseable {

    private final Partitions partitions;
    private final long envelopeSize;
    private final BrokerLink link;
    private final List<StoreLane> lanes;

    /** @param connections of this publisher alone, with correlated confirms and with returns */
    public StorePublisher(
            ConnectionFactory connections, Partitions partitions, BrokerProperties properties, MeterRegistry registry) {
        var meters = new StoreMeters(registry);
        this.partitions = partitions;
        this.envelopeSize = properties.envelopeSize().toBytes();
        this.link = BrokerLink.of(connections);
        var template = new RabbitTemplate(connections);
        template.setMandatory(true);
        // A return is told by the envelope's correlation too, where its lane finds it.
        template.setReturnsCallback(_ -> {});
        this.lanes = IntStream.range(0, partitions.storeQueues())
                .mapToObj(queue -> new StoreLane(queue, template, link, properties, meters))
                .toList();
    }

    /**
     * Publishes messages of a conversation partition, in this order, until the broker has confirmed all of them.
     *
     * @return done when every message is durable; failed after {@code patience}, and then it is unknown which of them are
     */
    public CompletableFuture<Void> store(int partition, List<AcceptedMessage> messages, Duration patience) {
        return send(
                partition,
                messages.stream()
                        .map(message ->
                                StoreRecord.newBuilder().setMessage(message).build())
                        .toList(),
                patience);
    }

    /** Publishes what a room of a conversation partition keeps, in this order; the same outcomes as of messages. */
    public CompletableFuture<Void> said(int partition, List<SaidInRoom> said, Duration patience) {
        return send(
                partition,
                said.stream()
                        .map(message ->
                                StoreRecord.newBuilder().setSaid(message).build())
                        .toList(),
                patience);
    }

    /** Publishes the barrier of an epoch that is about to open; the same outcomes as of messages. */
    public CompletableFuture<Void> barrier(int partition, long epoch, Duration patience) {
        var barrier = Barrier.newBuilder().setEpoch(epoch);
        return send(
                partition, List.of(StoreRecord.newBuilder().setBarrier(barrier).build()), patience);
    }

    /** Returns whether the broker takes envelopes at all; tries to connect where there is no connection, and so may block. */
    public boolean ready() {
        return link.ready();
    }

    private CompletableFuture<Void> send(int partition, List<StoreRecord> records, Duration patience) {
        var lane = lanes.get(partitions.storeQueue(partition));
        var consignments = pack(partition, records);
        consignments.forEach(consignment -> {
            consignment.promise().orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS);
            lane.add(consignment);
        });
        return CompletableFuture.allOf(
                consignments.stream().map(Consignment::promise).toArray(CompletableFuture<?>[]::new));
    }

    private List<Consignment> pack(int partition, List<StoreRecord> records) {
        List<Consignment> packed = new ArrayList<>();
        int from = 0;
        while (from < records.size()) {
            long size = records.get(from).getSerializedSize();
            int to = from + 1;
            while (to < records.size() && size + records.get(to).getSerializedSize() <= envelopeSize) {
                size += records.get(to++).getSerializedSize();
            }
            packed.add(new Consignment(partition, records.subList(from, to), size, new CompletableFuture<>()));
            from = to;
        }
        return packed;
    }

    @Override
    public void close() {
        lanes.forEach(StoreLane::close);
    }
}
