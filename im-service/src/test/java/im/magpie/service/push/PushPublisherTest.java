package im.magpie.service.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import im.magpie.codec.protocol.ClientType;
import im.magpie.codec.protocol.Command;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.broker.BrokerNames;
import im.magpie.common.broker.PushEnvelope;
import im.magpie.common.broker.PushItem;
import im.magpie.common.error.MagpieException;
import im.magpie.common.user.UserKey;
import im.magpie.service.index.DeviceRoute;
import im.magpie.service.testing.TestBroker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageDeliveryMode;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.util.unit.DataSize;

class PushPublisherTest {

    private static final String QUEUE = BrokerNames.pushQueue("here");

    private final TestBroker broker = TestBroker.shared();
    private final BlockingQueue<Collection<DeviceRoute>> lost = new LinkedBlockingQueue<>();
    private CachingConnectionFactory connections;
    private RabbitAdmin admin;
    private PushPublisher publisher;

    @BeforeEach
    void publisher() {
        connections = broker.unconfirmed();
        admin = new RabbitAdmin(connections);
        broker.declarePushQueue(admin, "here");
        publisher = publisher(100, lost::add);
    }

    private PushPublisher publisher(int maxWaiting, RouteLost routeLost) {
        return new PushPublisher(
                connections,
                new PushProperties(maxWaiting, DataSize.ofKilobytes(512)),
                routeLost,
                new SimpleMeterRegistry());
    }

    @AfterEach
    void close() {
        publisher.close();
        admin.deleteQueue(QUEUE);
        connections.destroy();
    }

    @Test
    void packetsReachTheirNodeInATransientEnvelope() throws Exception {
        publisher.publish(List.of(push(1, route("here", 5)), push(2, route("here", 6))));

        var message = receive();
        assertThat(message.getMessageProperties().getReceivedDeliveryMode())
                .isEqualTo(MessageDeliveryMode.NON_PERSISTENT);
        assertThat(items(message)).extracting(PushItem::getSequence).containsExactly(1L, 2L);
        assertThat(items(message)).extracting(item -> item.getConnectionIds(0)).containsExactly(5L, 6L);
    }

    @Test
    void theRoutesOfAReturnedEnvelopeAreLost() throws Exception {
        publisher.publish(List.of(push(1, route("gone", 5), route("here", 1)), push(2, route("gone", 6))));

        assertThat(lost.poll(20, TimeUnit.SECONDS)).containsExactly(route("gone", 5), route("gone", 6));
        assertThat(items(receive())).hasSize(1);
        assertThat(lost).isEmpty();
    }

    @Test
    void pushesGoOnWhenLostRoutesCannotBeDropped() throws Exception {
        publisher.close();
        publisher = publisher(100, routes -> {
            lost.add(routes);
            throw new MagpieException(ErrorCode.UNAVAILABLE, "no Redis");
        });
        publisher.publish(List.of(push(1, route("gone", 5))));
        assertThat(lost.poll(20, TimeUnit.SECONDS)).isNotNull();

        publisher.publish(List.of(push(2, route("here", 5))));

        assertThat(items(receive())).hasSize(1);
    }

    @Test
    void whatComesOnTopOfAFullQueueIsDroppedAndItsCallerDoesNotWait() throws Exception {
        publisher.close();
        publisher = publisher(2, lost::add);
        var started = new CountDownLatch(1);
        var gate = new CountDownLatch(1);
        publisher.publish(() -> {
            started.countDown();
            awaitOpen(gate);
            return List.of(push(1, route("here", 1)));
        });
        started.await();

        for (long sequence = 2; sequence < 6; sequence++) {
            publisher.publish(List.of(push(sequence, route("here", 1))));
        }
        gate.countDown();

        var sequences = new ArrayList<Long>();
        await().until(() -> {
            sequences.addAll(
                    items(receive()).stream().map(PushItem::getSequence).toList());
            return sequences.size() == 3;
        });
        assertThat(sequences).containsExactly(1L, 2L, 3L);
    }

    @Test
    void pushesGoOnAfterOneThatCannotBeMade() throws Exception {
        publisher.publish(() -> {
            throw new IllegalStateException("for this test");
        });
        publisher.publish(List.of(push(1, route("here", 1))));
        publisher.publish(List.of(push(2, route("here", 1))));

        assertThat(items(receive())).isNotEmpty();
    }

    @Test
    void pushesGoOnWhenTheBrokerIsBack() {
        broker.stop();
        publisher.publish(List.of(push(1, route("here", 1))));
        broker.resume();
        broker.declarePushQueue(admin, "here");

        await().until(() -> {
            publisher.publish(List.of(push(2, route("here", 1))));
            return new RabbitTemplate(connections).receive(QUEUE, 200) != null;
        });
    }

    private static void awaitOpen(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Message receive() {
        return Objects.requireNonNull(new RabbitTemplate(connections).receive(QUEUE, 20_000));
    }

    private static List<PushItem> items(Message message) throws Exception {
        return PushEnvelope.parseFrom(message.getBody()).getItemsList();
    }

    private static Push push(long sequence, DeviceRoute... devices) {
        return new Push(Command.PUSH, ByteString.copyFromUtf8("body"), "private_ann_bob", sequence, List.of(devices));
    }

    private static DeviceRoute route(String incarnation, long connection) {
        return new DeviceRoute(new UserKey("app", "ann"), ClientType.LINUX, "device", incarnation, connection);
    }
}
