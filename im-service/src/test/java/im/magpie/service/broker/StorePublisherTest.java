package im.magpie.service.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import im.magpie.common.broker.AcceptedMessage;
import im.magpie.common.broker.BrokerNames;
import im.magpie.common.broker.StoreEnvelope;
import im.magpie.common.broker.StoreRecord;
import im.magpie.common.error.MagpieException;
import im.magpie.common.partition.Partitions;
import im.magpie.service.testing.TestBroker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageDeliveryMode;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.util.unit.DataSize;

class StorePublisherTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Partitions PARTITIONS = new Partitions(4, 1, 2);

    private final TestBroker broker = TestBroker.shared();
    private CachingConnectionFactory connections;
    private RabbitAdmin admin;
    private StorePublisher publisher;

    @BeforeEach
    void publisher() {
        connections = broker.confirmed();
        admin = new RabbitAdmin(connections);
        broker.declareStoreQueue(admin, 0);
        broker.declareStoreQueue(admin, 1);
        publisher = publisher(DataSize.ofMegabytes(1));
    }

    private StorePublisher publisher(DataSize envelopeSize) {
        return new StorePublisher(
                connections,
                PARTITIONS,
                new BrokerProperties(Duration.ofSeconds(2), envelopeSize, 4),
                new SimpleMeterRegistry());
    }

    @AfterEach
    void close() {
        publisher.close();
        admin.deleteQueue(BrokerNames.storeQueue(0));
        admin.deleteQueue(BrokerNames.storeQueue(1));
        connections.destroy();
    }

    @Test
    void aCallsMessagesGoInOneDurableEnvelopeInTheirOrder() throws Exception {
        publisher.store(0, messages(3), LONG).get();

        var message = receive(0);
        assertThat(message.getMessageProperties().getReceivedDeliveryMode()).isEqualTo(MessageDeliveryMode.PERSISTENT);
        var envelope = StoreEnvelope.parseFrom(message.getBody());
        assertThat(envelope.getPartition()).isZero();
        assertThat(envelope.getRecordsList())
                .extracting(record -> record.getMessage().getSequence())
                .containsExactly(1L, 2L, 3L);
        assertThat(new RabbitTemplate(connections).receive(BrokerNames.storeQueue(0)))
                .isNull();
    }

    @Test
    void aPartitionHasItsQueueAndItsOwnEnvelopes() throws Exception {
        CompletableFuture.allOf(publisher.store(1, messages(1), LONG), publisher.store(3, messages(1), LONG))
                .get();

        assertThat(List.of(envelope(1).getPartition(), envelope(1).getPartition()))
                .containsExactlyInAnyOrder(1, 3);
    }

    @Test
    void aBarrierGoesTheSameWay() throws Exception {
        new StoreBarriers(publisher).publish(2, 7);

        var envelope = envelope(0);
        assertThat(envelope.getPartition()).isEqualTo(2);
        assertThat(envelope.getRecordsList())
                .extracting(record -> record.getBarrier().getEpoch())
                .containsExactly(7L);
    }

    @Test
    void whatIsTooMuchForAnEnvelopeGoesInSeveral() throws Exception {
        publisher.close();
        publisher = publisher(DataSize.ofKilobytes(1));

        publisher.store(0, messages(100), LONG).get();

        var records = new ArrayList<StoreRecord>();
        int envelopes = 0;
        while (records.size() < 100) {
            var envelope = envelope(0);
            assertThat(envelope.getSerializedSize()).isLessThan(1_200);
            records.addAll(envelope.getRecordsList());
            envelopes++;
        }
        assertThat(envelopes).isGreaterThan(2);
        assertThat(records)
                .extracting(record -> record.getMessage().getSequence())
                .doesNotHaveDuplicates();
    }

    @Test
    void whatGathersBehindABlockedConnectionGoesInOneEnvelope() throws Exception {
        var link = BrokerLink.of(connections);
        var lane = new StoreLane(
                0,
                template(),
                link,
                new BrokerProperties(LONG, DataSize.ofMegabytes(1), 4),
                new StoreMeters(new SimpleMeterRegistry()));
        link.handleBlocked("no memory");
        var calls =
                IntStream.range(0, 5).mapToObj(call -> consignment(call + 1L)).toList();
        calls.forEach(lane::add);
        assertThat(link.ready()).isFalse();

        link.handleUnblocked();

        for (var call : calls) {
            call.promise().get(20, TimeUnit.SECONDS);
        }
        assertThat(envelope(0).getRecordsCount()).isEqualTo(5);
        assertThat(link.ready()).isTrue();
        lane.close();
    }

    @Test
    void anUnroutableEnvelopeIsAnOutageUntilThereIsAQueue() throws Exception {
        admin.deleteQueue(BrokerNames.storeQueue(0));

        assertThatThrownBy(() -> publisher.store(0, messages(1), SHORT).get())
                .hasCauseInstanceOf(TimeoutException.class);
        var waiting = publisher.store(0, messages(2), LONG);
        broker.declareStoreQueue(admin, 0);

        waiting.get();
        assertThat(envelope(0).getRecordsCount()).isEqualTo(2);
    }

    @Test
    void oneQueuesOutageIsNotAnothers() throws Exception {
        admin.deleteQueue(BrokerNames.storeQueue(0));
        var stuck = publisher.store(0, messages(1), LONG);

        publisher.store(1, messages(1), LONG).get();

        assertThat(stuck).isNotDone();
    }

    @Test
    void aBrokerThatComesBackGetsWhatItMissed() throws Exception {
        broker.stop();
        assertThat(publisher.ready()).isFalse();
        assertThatThrownBy(() -> publisher.store(0, messages(1), SHORT).get())
                .hasCauseInstanceOf(TimeoutException.class);
        var waiting = publisher.store(0, messages(2), LONG);

        broker.resume();

        waiting.get();
        assertThat(publisher.ready()).isTrue();
        assertThat(envelope(0).getRecordsCount()).isEqualTo(2);
    }

    @Test
    void aBarrierThatNobodyConfirmsIsUnavailable() {
        publisher.close();

        assertThatThrownBy(() -> new StoreBarriers(publisher).publish(0, 1)).isInstanceOf(MagpieException.class);
    }

    @Test
    void nothingWaitsForAPublisherThatIsClosed() {
        admin.deleteQueue(BrokerNames.storeQueue(0));
        var waiting = publisher.store(0, messages(1), LONG);

        publisher.close();

        assertThatThrownBy(waiting::get).hasCauseInstanceOf(MagpieException.class);
        assertThatThrownBy(() -> publisher.store(1, messages(1), LONG).get()).hasCauseInstanceOf(MagpieException.class);
    }

    private RabbitTemplate template() {
        var template = new RabbitTemplate(connections);
        template.setMandatory(true);
        return template;
    }

    private Message receive(int queue) {
        return Objects.requireNonNull(new RabbitTemplate(connections).receive(BrokerNames.storeQueue(queue), 20_000));
    }

    private StoreEnvelope envelope(int queue) throws InvalidProtocolBufferException {
        return StoreEnvelope.parseFrom(receive(queue).getBody());
    }

    private static Consignment consignment(long sequence) {
        var record = StoreRecord.newBuilder().setMessage(message(sequence)).build();
        return new Consignment(0, List.of(record), record.getSerializedSize(), new CompletableFuture<>());
    }

    private static List<AcceptedMessage> messages(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(StorePublisherTest::message)
                .toList();
    }

    private static AcceptedMessage message(long sequence) {
        return AcceptedMessage.newBuilder()
                .setConversationId("private_a_b")
                .setSequence(sequence)
                .setContent(ByteString.copyFromUtf8("some text"))
                .build();
    }
}
