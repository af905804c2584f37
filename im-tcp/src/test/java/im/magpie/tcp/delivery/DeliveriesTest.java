package im.magpie.tcp.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import im.magpie.codec.packet.EncodedPush;
import im.magpie.codec.protocol.Command;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeliveriesTest {

    private static final String HERE = "private_a_b";
    private static final String THERE = "private_a_c";

    private final MockTicker ticker = Ticker.newMockTicker();
    private final EmbeddedChannel channel =
            EmbeddedChannel.builder().ticker(ticker).build();
    private final List<OutgoingPush> lastWords = new ArrayList<>();
    private final DeliverySettings settings =
            new DeliverySettings(3, List.of(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(20)));
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final DeliveryMeters meters = new DeliveryMeters(registry);
    private final Deliveries deliveries = new Deliveries(channel, settings, meters, lastWords::add);

    @BeforeEach
    void open() {
        deliveries.open();
    }

    private static OutgoingPush message(String conversation, long sequence) {
        return new OutgoingPush(
                new EncodedPush(Command.PUSH, ByteString.copyFromUtf8(conversation + sequence)),
                conversation,
                sequence);
    }

    private static OutgoingPush receipt() {
        return new OutgoingPush(new EncodedPush(Command.RECEIPT, ByteString.EMPTY), "", 0);
    }

    private static OutgoingPush kicked() {
        return new OutgoingPush(new EncodedPush(Command.KICKED, ByteString.EMPTY), "", 0);
    }

    private List<OutgoingPush> written(OutgoingPush... among) {
        var packets = new ArrayList<EncodedPush>();
        for (EncodedPush packet = channel.readOutbound(); packet != null; packet = channel.readOutbound()) {
            packets.add(packet);
        }
        return packets.stream()
                .flatMap(packet ->
                        List.of(among).stream().filter(push -> push.packet().equals(packet)))
                .toList();
    }

    private void pass(long seconds) {
        ticker.advance(seconds, TimeUnit.SECONDS);
        channel.runPendingTasks();
    }

    @Test
    void repeatsAfterFiveTenAndTwentySecondsAndThenGivesUp() {
        var push = message(HERE, 1);
        deliveries.push(push);
        assertThat(written(push)).hasSize(1);

        for (var pause : List.of(5, 10, 20)) {
            pass(pause - 1);
            assertThat(written(push)).isEmpty();
            pass(1);
            assertThat(written(push)).hasSize(1);
            assertThat(deliveries.takeMissed()).isFalse();
        }
        pass(20);
        assertThat(written(push)).isEmpty();
        assertThat(deliveries.takeMissed()).isTrue();
        assertThat(deliveries.settled()).isTrue();
    }

    @Test
    void writesThatAreDueAtDifferentTimesHaveOneTimer() {
        var first = message(HERE, 1);
        var second = message(HERE, 2);
        deliveries.push(first);
        pass(3);
        deliveries.push(second);
        written(first, second);

        pass(2);
        assertThat(written(first, second)).containsExactly(first);
        pass(3);
        assertThat(written(first, second)).containsExactly(second);
        pass(7);
        assertThat(written(first, second)).containsExactly(first);
    }

    @Test
    void aNewPushIsNotHeldUpByAnOlderOnesLongPause() {
        var old = message(HERE, 1);
        deliveries.push(old);
        pass(5);
        var young = message(HERE, 2);
        deliveries.push(young);
        written(old, young);

        pass(5);
        assertThat(written(old, young)).containsExactly(young);
    }

    @Test
    void anAcknowledgementReleasesAllUpToItInItsConversation() {
        deliveries.push(message(HERE, 1));
        deliveries.push(message(HERE, 2));
        var other = message(THERE, 1);
        deliveries.push(other);
        deliveries.acknowledge(HERE, 2);
        written();

        pass(5);
        assertThat(written(other)).containsExactly(other);
        deliveries.acknowledge(THERE, 1);
        assertThat(deliveries.settled()).isTrue();
        pass(60);
        assertThat(channel.outboundMessages()).isEmpty();
    }

    @Test
    void leavesOutWhatTheWindowHasNoRoomFor() {
        for (var sequence = 1; sequence <= 3; sequence++) {
            deliveries.push(message(HERE, sequence));
        }
        assertThat(deliveries.takeMissed()).isFalse();
        var fourth = message(HERE, 4);
        deliveries.push(fourth);

        assertThat(written(fourth)).isEmpty();
        assertThat(deliveries.takeMissed()).isTrue();
        assertThat(deliveries.takeMissed()).as("told once").isFalse();
        var receipt = receipt();
        deliveries.push(receipt);
        assertThat(written(receipt)).as("nobody acknowledges it").hasSize(1);
    }

    @Test
    void leavesOutWhatAConnectionDoesNotTake() {
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(0, 1));
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
        var push = message(HERE, 1);
        deliveries.push(push);
        deliveries.push(receipt());
        channel.runPendingTasks();

        assertThat(written(push)).isEmpty();
        assertThat(deliveries.takeMissed()).isTrue();
        assertThat(deliveries.settled()).isTrue();
    }

    private static EncodedPush room(int bytes) {
        return new EncodedPush(Command.ROOM_PUSH, ByteString.copyFrom(new byte[bytes]));
    }

    @Test
    void whatMayBeLeftOutTakesHalfOfWhatMayWaitForThePeer() {
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(500, 1_000));
        assertThat(deliveries.spare(room(5_000))).as("alone").isTrue();
        // With what Netty adds to each, 446 bytes that wait.
        channel.write(channel.alloc().buffer().writeZero(350));
        assertThat(deliveries.spare(room(50))).isTrue();
        channel.write(channel.alloc().buffer().writeZero(350));
        assertThat(deliveries.spare(room(100))).isFalse();

        var push = message(HERE, 1);
        deliveries.push(push);
        assertThat(deliveries.takeMissed()).isFalse();
        assertThat(deliveries.spare(room(100))).isTrue();
    }

    @Test
    void whatMayBeLeftOutIsWhereADeviceAcknowledgesNothingButWhatMayNotIsWritten() {
        for (var sequence = 1; sequence <= 3; sequence++) {
            deliveries.push(message(HERE, sequence));
        }
        assertThat(deliveries.spare(room(1))).isFalse();
        deliveries.insist(room(1));
        assertThat(channel.outboundMessages()).hasSize(4);
        deliveries.acknowledge(HERE, 1);
        assertThat(deliveries.spare(room(1))).isTrue();

        deliveries.close();
        assertThat(deliveries.spare(room(1))).isFalse();
        deliveries.insist(room(1));
        assertThat(channel.outboundMessages()).hasSize(5);
    }

    @Test
    void whatComesBeforeTheLoginsAnswerWaitsForIt() {
        var early = new Deliveries(channel, settings, meters, lastWords::add);
        var first = message(HERE, 1);
        var second = message(HERE, 2);
        early.push(first);
        early.push(second);
        assertThat(written(first, second)).isEmpty();

        early.open();
        assertThat(written(first, second)).containsExactly(first, second);
        assertThat(early.settled()).isFalse();
    }

    @Test
    void onlySoMuchWaitsForTheLoginsAnswer() {
        var early = new Deliveries(channel, settings, meters, lastWords::add);
        for (var sequence = 1; sequence <= 4; sequence++) {
            early.push(message(HERE, sequence));
        }
        var kicked = kicked();
        early.push(kicked);
        early.open();

        assertThat(channel.outboundMessages()).hasSize(3);
        assertThat(early.takeMissed()).isTrue();
        assertThat(lastWords).containsExactly(kicked);
    }

    @Test
    void kickedIsTheLastWord() {
        var kicked = kicked();
        deliveries.push(kicked);
        assertThat(lastWords).containsExactly(kicked);
    }

    @Test
    void nothingIsPushedOrRepeatedOnceItIsClosed() {
        var push = message(HERE, 1);
        deliveries.push(push);
        deliveries.close();
        deliveries.push(push);
        pass(60);

        assertThat(written(push)).hasSize(1);
    }
}
