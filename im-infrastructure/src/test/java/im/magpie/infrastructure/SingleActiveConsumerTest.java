package im.magpie.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.MessageProperties;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Order in a store queue rests on one consumer at a time: declared with an argument that RabbitMQ and this broker both honour. */
class SingleActiveConsumerTest {

    private static final String QUEUE = "im.store.0";

    @TempDir
    static Path folder;

    private static DataDirectory data;
    private static EmbeddedBroker broker;

    private final List<Connection> connections = new ArrayList<>();

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

    @AfterEach
    void disconnect() throws Exception {
        channel().queueDelete(QUEUE);
        connections.forEach(Connection::abort);
    }

    @Test
    void deliversToTheFirstConsumerOnly() throws Exception {
        declare();
        var first = consume(channel());
        var second = consume(channel());

        publish(0, 30);

        await().until(() -> first.size() == 30);
        assertThat(first).isEqualTo(numbers(0, 30));
        assertThat(second).isEmpty();
    }

    /** In order but for a few: the broker serves the next consumer while it still takes messages back from the last one. */
    @Test
    void handsOverWhatWasNotAcknowledgedWhenTheConsumersConnectionBreaks() throws Exception {
        declare();
        var active = channel();
        var first = consume(active);
        var second = consume(channel());
        publish(0, 30);
        await().until(() -> first.size() == 30);

        active.basicAck(10, true);
        active.getConnection().abort();
        publish(30, 40);

        await().until(() -> second.size() == 30);
        assertThat(second).containsExactlyInAnyOrderElementsOf(numbers(10, 40));
    }

    @Test
    void handsOverToTheNextWhenTheConsumersChannelCloses() throws Exception {
        declare();
        var active = channel();
        var first = consume(active);
        var second = consume(channel());
        var third = consume(channel());
        publish(0, 5);
        await().until(() -> first.size() == 5);

        active.close();

        await().until(() -> second.size() == 5);
        assertThat(second).containsExactlyInAnyOrderElementsOf(numbers(0, 5));
        assertThat(third).isEmpty();
    }

    @Test
    void staysSoAfterARestartOfTheBroker() throws Exception {
        declare();
        connections.forEach(Connection::abort);
        broker.close();
        broker.start();

        var first = consume(channel());
        var second = consume(channel());
        publish(0, 30);

        await().until(() -> first.size() + second.size() == 30);
        assertThat(second).isEmpty();
    }

    private Channel channel() throws Exception {
        var connection = BrokerClient.connect(broker.address());
        connections.add(connection);
        return connection.createChannel();
    }

    private void declare() throws Exception {
        channel().queueDeclare(QUEUE, true, false, false, Map.of("x-single-active-consumer", true));
    }

    private List<Integer> consume(Channel channel) throws Exception {
        var seen = new CopyOnWriteArrayList<Integer>();
        channel.basicQos(100);
        channel.basicConsume(
                QUEUE,
                false,
                (_, delivery) -> seen.add(Integer.valueOf(new String(delivery.getBody(), StandardCharsets.US_ASCII))),
                _ -> {});
        return seen;
    }

    private void publish(int from, int beyond) throws Exception {
        var channel = channel();
        channel.confirmSelect();
        for (int number : numbers(from, beyond)) {
            var body = Integer.toString(number).getBytes(StandardCharsets.US_ASCII);
            channel.basicPublish("", QUEUE, true, MessageProperties.PERSISTENT_BASIC, body);
        }
        channel.waitForConfirmsOrDie(5_000);
    }

    private static List<Integer> numbers(int from, int beyond) {
        return IntStream.range(from, beyond).boxed().toList();
    }
}
