package im.magpie.tcp.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.ConversationPosition;
import im.magpie.codec.protocol.ReadRequest;
import im.magpie.common.rpc.SessionRef;
import im.magpie.tcp.connection.Connection;
import im.magpie.tcp.delivery.DeliveryMeters;
import im.magpie.tcp.delivery.DeliverySettings;
import im.magpie.tcp.fixture.ConnectionRates;
import im.magpie.tcp.timeline.MarkEntry.Delivered;
import im.magpie.tcp.timeline.MarkEntry.Read;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MarkQueueTest {

    private static final int MAX_BATCH = 3;

    private final MarkQueue queue = queue(Duration.ofDays(1), Duration.ZERO);

    @BeforeEach
    void theFirstOfAllGoesAtOnce() throws InterruptedException {
        queue.offer(delivered(1, 1));
        assertThat(queue.take()).containsExactly(delivered(1, 1));
    }

    @Test
    void whatIsDeliveredGathersUntilItFillsACall() {
        var taken = take();
        queue.offer(delivered(1, 2));
        queue.offer(delivered(1, 4));
        queue.offer(delivered(1, 3));
        queue.offer(delivered(2, 1));
        assertThat(taken).isNotDone();

        queue.offer(delivered(3, 1));
        assertThat(taken.join()).containsExactly(delivered(1, 4), delivered(2, 1), delivered(3, 1));
    }

    @Test
    void aReadDoesNotWaitAndTakesAlongWhatIsDelivered() {
        var taken = take();
        queue.offer(delivered(1, 2));
        assertThat(taken).isNotDone();

        var read = read();
        queue.offer(read);
        assertThat(taken.join()).containsExactly(read, delivered(1, 2));
    }

    @Test
    void whatDoesNotFitComesLater() throws InterruptedException {
        IntStream.rangeClosed(1, MAX_BATCH + 2).forEach(device -> queue.offer(delivered(device, 1)));
        assertThat(queue.take()).hasSize(MAX_BATCH);
        assertThat(queue.size()).isEqualTo(2);
    }

    @Test
    void aConversationThatWasToldOfWaitsForItsTime() throws InterruptedException {
        var spaced = queue(Duration.ZERO, Duration.ofDays(1));
        spaced.offer(delivered(1, 1));
        assertThat(spaced.take()).containsExactly(delivered(1, 1));

        spaced.offer(delivered(1, 2));
        spaced.offer(delivered(2, 1));
        assertThat(spaced.take()).containsExactly(delivered(2, 1));
        assertThat(spaced.size()).isOne();
    }

    @Test
    void whatCameBeforeItsTimeIsToldOnce() throws InterruptedException {
        var spaced = queue(Duration.ZERO, Duration.ofMillis(50));
        spaced.offer(delivered(1, 1));
        spaced.take();

        spaced.offer(delivered(1, 2));
        spaced.offer(delivered(1, 4));
        spaced.offer(delivered(1, 3));
        assertThat(spaced.take()).containsExactly(delivered(1, 4));
        assertThat(spaced.size()).isZero();
    }

    @Test
    void whatCouldNotBeToldGoesAgainWithWhatHasComeSince() throws InterruptedException {
        var spaced = queue(Duration.ZERO, Duration.ofDays(1));
        spaced.offer(delivered(1, 1));
        spaced.take();
        spaced.offer(delivered(1, 2));

        spaced.putBack(delivered(1, 1));
        assertThat(spaced.take()).containsExactly(delivered(1, 2));
        assertThat(spaced.size()).isZero();
    }

    @Test
    void whatThereIsNoRoomToRememberIsToldEarly() throws InterruptedException {
        var spaced = new MarkQueue(new MarkSettings(1, MAX_BATCH, Duration.ZERO, Duration.ofDays(1), 100));
        spaced.offer(delivered(1, 1));
        spaced.take();
        spaced.offer(delivered(1, 2));

        spaced.offer(delivered(2, 1));
        assertThat(spaced.take()).containsExactly(delivered(2, 1));
        assertThat(spaced.take()).containsExactly(delivered(1, 2));
    }

    private static MarkQueue queue(Duration spacing, Duration conversationSpacing) {
        return new MarkQueue(new MarkSettings(100, MAX_BATCH, spacing, conversationSpacing, 100));
    }

    private CompletableFuture<List<MarkEntry>> take() {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return queue.take();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static Read read() {
        var connection = Connection.open(
                1,
                new EmbeddedChannel(),
                new DeliverySettings(1, List.of(Duration.ofSeconds(5))),
                new DeliveryMeters(new SimpleMeterRegistry()),
                ConnectionRates.unlimited());
        var position =
                ConversationPosition.newBuilder().setConversationId("group_a").setSequence(1);
        return new Read(
                connection,
                new Request.Read(
                        1, ReadRequest.newBuilder().addPositions(position).build()));
    }

    private static Delivered delivered(int device, long sequence) {
        return new Delivered(SessionRef.newBuilder().setConnectionId(device).build(), "group_a", sequence);
    }
}
