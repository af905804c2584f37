package im.magpie.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.MessageProperties;
import com.rabbitmq.client.PossibleAuthenticationFailureException;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the services rely on, in the words of an AMQP client: the same has to hold on RabbitMQ. */
class EmbeddedBrokerTest {

    private static final long CONFIRM_MILLIS = 5_000;

    @TempDir
    static Path folder;

    private static DataDirectory data;
    private static EmbeddedBroker broker;

    private Connection connection;
    private Channel channel;

    @BeforeAll
    static void start() {
        data = Shared.open(folder.resolve("data"));
        broker = new EmbeddedBroker(data);
        broker.start();
    }

    @AfterAll
    static void stop() {
        broker.close();
        data.close();
    }

    @BeforeEach
    void connect() throws Exception {
        connection = BrokerClient.connect(broker.address());
        channel = connection.createChannel();
        channel.confirmSelect();
    }

    @AfterEach
    void disconnect() {
        connection.abort();
    }

    @Test
    void refusesAWrongPassword() {
        var wrong = ServerAddress.onLoopback(broker.address().port(), "magpie", "guess");

        assertThatThrownBy(() -> BrokerClient.connect(wrong))
                .isInstanceOf(PossibleAuthenticationFailureException.class);
    }

    @Test
    void agreesOnHeartbeats() {
        assertThat(connection.getHeartbeat()).isEqualTo(30);
    }

    @Test
    void routesDirectTopicAndFanout() throws Exception {
        for (var kind : List.of("direct", "topic", "fanout")) {
            channel.exchangeDeclare(kind, kind, true);
            channel.queueDeclare("q." + kind, true, false, false, Map.of());
        }
        channel.queueBind("q.direct", "direct", "7");
        channel.queueBind("q.topic", "topic", "message.*.after");
        channel.queueBind("q.fanout", "fanout", "");

        publish("direct", "7", "to seven");
        publish("direct", "8", "to eight");
        publish("topic", "message.send.after", "sent");
        publish("topic", "group.created", "created");
        publish("fanout", "any", "to all");

        assertThat(drain("q.direct")).containsExactly("to seven");
        assertThat(drain("q.topic")).containsExactly("sent");
        assertThat(drain("q.fanout")).containsExactly("to all");
    }

    @Test
    void tellsWhatIsInAQueueAndWhoConsumesIt() throws Exception {
        channel.queueDeclare("watched", true, false, false, Map.of());
        publish("", "watched", "one");
        publish("", "watched", "two");
        channel.basicGet("watched", false);

        assertThat(broker.depth("watched")).as("one of them unacknowledged").isEqualTo(2);
        assertThat(broker.consumers("watched")).isZero();
        channel.basicConsume("watched", (_, _) -> {}, _ -> {});
        assertThat(broker.consumers("watched")).isEqualTo(1);
        assertThat(broker.depth("unknown") + broker.consumers("unknown")).isZero();
    }

    @Test
    void breaksConnections() {
        broker.dropConnections();

        await().until(() -> !connection.isOpen());
    }

    @Test
    void keepsConfirmedMessagesAndTopologyOverARestart() throws Exception {
        channel.exchangeDeclare("im.store", "direct", true);
        channel.queueDeclare("im.store.0", true, false, false, Map.of("x-single-active-consumer", true));
        channel.queueBind("im.store.0", "im.store", "0");
        publish("im.store", "0", "durable");
        var address = broker.address();

        broker.close();
        broker.start();
        disconnect();
        connect();
        publish("im.store", "0", "later");

        assertThat(broker.address()).isEqualTo(address);
        assertThat(drain("im.store.0")).containsExactly("durable", "later");
    }

    @Test
    void saysSoWhenSomebodyTookItsPortWhileItWasStopped() throws Exception {
        var port = broker.address().port();
        broker.close();
        try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(broker::start)
                    .isInstanceOf(InfrastructureException.class)
                    .hasMessageContaining("did not start on port " + port);
        }

        broker.start();

        BrokerClient.connect(broker.address()).close();
    }

    @Test
    void returnsAnUnroutableMandatoryMessageAndDoesNotConfirmIt() throws Exception {
        channel.exchangeDeclare("lonely", "direct", true);
        var events = new CopyOnWriteArrayList<String>();
        channel.addReturnListener(returned -> events.add("returned " + text(returned.getBody())));
        channel.addConfirmListener((_, _) -> events.add("confirmed"), (_, _) -> events.add("refused"));

        channel.basicPublish("lonely", "nobody", true, MessageProperties.PERSISTENT_BASIC, bytes("lost"));

        await().until(() -> events.size() == 2);
        assertThat(events).containsExactly("refused", "returned lost");
    }

    @Test
    void confirmsAnUnroutableMessageThatIsNotMandatory() throws Exception {
        channel.exchangeDeclare("lonely", "direct", true);

        channel.basicPublish("lonely", "nobody", false, MessageProperties.PERSISTENT_BASIC, bytes("lost"));

        assertThat(channel.waitForConfirms(CONFIRM_MILLIS)).isTrue();
    }

    @Test
    void keepsOthersOutOfAnExclusiveQueue() throws Exception {
        channel.queueDeclare("im.push.incarnation", false, true, true, Map.of());
        var other = BrokerClient.connect(broker.address());

        assertThatThrownBy(() -> consume(other.createChannel(), "im.push.incarnation", new CopyOnWriteArrayList<>()))
                .hasCauseInstanceOf(ShutdownSignalException.class);

        // RabbitMQ would close the channel only.
        assertThat(other.isOpen()).isFalse();
        assertThat(connection.isOpen()).isTrue();
    }

    @Test
    void deletesAnExclusiveQueueWithItsConnection() throws Exception {
        channel.queueDeclare("exclusive", false, true, false, Map.of());

        connection.close();
        connect();

        assertThat(exists("exclusive")).isFalse();
    }

    @Test
    void deletesAnExclusiveAutoDeleteQueueOnlyIfItHadAConsumer() throws Exception {
        channel.queueDeclare("consumed", false, true, true, Map.of());
        consume(channel, "consumed", new CopyOnWriteArrayList<>());
        channel.queueDeclare("never-consumed", false, true, true, Map.of());

        connection.close();
        connect();

        assertThat(exists("consumed")).isFalse();
        // RabbitMQ would have deleted this one too.
        assertThat(exists("never-consumed")).isTrue();
    }

    @Test
    void redeliversInOrderWhatWasNotAcknowledged() throws Exception {
        channel.queueDeclare("redelivery", true, false, false, Map.of());
        for (var word : List.of("a", "b", "c")) {
            publish("", "redelivery", word);
        }
        var first = connection.createChannel();
        var seen = new CopyOnWriteArrayList<String>();
        consume(first, "redelivery", seen);
        await().until(() -> seen.size() == 3);

        first.basicAck(1, false);
        first.close();

        assertThat(drain("redelivery")).containsExactly("b", "c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-queue-type", "x-message-ttl", "x-dead-letter-exchange", "x-expires"})
    void refusesQueueArgumentsThatItWouldNotHonour(String argument) {
        assertThatThrownBy(() -> channel.queueDeclare("refused", true, false, false, Map.of(argument, "1")))
                .hasStackTraceContaining("Unsupported queue declare argument(s) : " + argument);
        // RabbitMQ would close the channel only.
        assertThat(connection.isOpen()).isFalse();
    }

    private void publish(String exchange, String key, String text) throws Exception {
        channel.basicPublish(exchange, key, false, MessageProperties.PERSISTENT_BASIC, bytes(text));
        assertThat(channel.waitForConfirms(CONFIRM_MILLIS)).isTrue();
    }

    private boolean exists(String queue) throws Exception {
        var asking = connection.createChannel();
        try {
            asking.queueDeclarePassive(queue);
            return true;
        } catch (IOException e) {
            assertThat(e).hasStackTraceContaining("reply-code=404");
            return false;
        } finally {
            asking.abort();
        }
    }

    private List<String> drain(String queue) throws IOException {
        var texts = new CopyOnWriteArrayList<String>();
        for (var next = channel.basicGet(queue, true); next != null; next = channel.basicGet(queue, true)) {
            texts.add(text(next.getBody()));
        }
        return texts;
    }

    private static void consume(Channel channel, String queue, List<String> seen) throws IOException {
        channel.basicConsume(queue, false, (_, delivery) -> seen.add(text(delivery.getBody())), _ -> {});
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
