package im.magpie.client;

import static im.magpie.client.testing.TestClients.message;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.client.testing.Await;
import im.magpie.client.testing.Ears;
import im.magpie.client.testing.FakeConnection;
import im.magpie.client.testing.FakeGateway;
import im.magpie.client.testing.TestClients;
import im.magpie.codec.packet.Push;
import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.ConversationPosition;
import im.magpie.codec.protocol.NoticePush;
import im.magpie.codec.protocol.PullRange;
import im.magpie.codec.protocol.PullReply;
import im.magpie.codec.protocol.PulledRange;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Groups whose messages are not pushed. */
class NoticeTest {

    private static final String ONE = "group_one";
    private static final String TWO = "group_two";

    private final FakeGateway gateway = new FakeGateway();
    private final Ears ears = new Ears();

    @AfterEach
    void close() {
        gateway.close();
    }

    private FakeConnection welcomed() {
        var connection = gateway.accept();
        connection.welcome();
        return connection;
    }

    private static Push notice(String conversationId, long sequence) {
        return new Push.Notice(NoticePush.newBuilder()
                .addPositions(ConversationPosition.newBuilder()
                        .setConversationId(conversationId)
                        .setSequence(sequence))
                .build());
    }

    private static Reply pulled(Request.Pull pull, PulledRange... ranges) {
        return new Reply.PullOk(
                pull.requestId(),
                PullReply.newBuilder().addAllRanges(List.of(ranges)).build());
    }

    private static PulledRange range(String conversationId, long after, long to, ChatMessage... messages) {
        return PulledRange.newBuilder()
                .setConversationId(conversationId)
                .setAfterSequence(after)
                .setToSequence(to)
                .addAllMessages(List.of(messages))
                .build();
    }

    @Test
    void whatIsNoticedIsPulledTogether() {
        var options = TestClients.alice(gateway, ears).withTimings(TestClients.QUICK.withGap(Duration.ofSeconds(1)));
        try (var _ = MagpieClient.start(options)) {
            var connection = welcomed();
            connection.write(notice(ONE, 1));
            connection.write(notice(TWO, 5));
            connection.write(notice(ONE, 2));
            var pull = connection.next(Request.Pull.class);
            assertThat(pull.body().getRangesList())
                    .extracting(PullRange::getConversationId)
                    .containsExactlyInAnyOrder(ONE, TWO);
            assertThat(pull.body().getRangesList())
                    .filteredOn(range -> range.getConversationId().equals(ONE))
                    .extracting(PullRange::getToSequence)
                    .containsExactly(2L);
            connection.write(pulled(
                    pull, range(ONE, 0, 2, message(ONE, 1), message(ONE, 2)), range(TWO, 0, 5, message(TWO, 5))));
            assertThat(ears.texts(3)).containsExactly("1", "2", "5");
            assertThat(connection.quiet(Request.Pull.class)).isTrue();
        }
    }

    @Test
    void whatIsKnownIsNotPulled() {
        try (var _ = MagpieClient.start(TestClients.alice(gateway, ears))) {
            var connection = welcomed();
            connection.push(message(ONE, 1));
            ears.texts(1);
            connection.write(notice(ONE, 1));
            connection.write(notice(ONE, 2));
            assertThat(connection.next(Request.Pull.class).body().getRanges(0).getAfterSequence())
                    .isEqualTo(1);
        }
    }

    @Test
    void whatMayNotBeReadIsAskedForOnce() {
        try (var client = MagpieClient.start(TestClients.alice(gateway, ears))) {
            var connection = welcomed();
            connection.push(message(ONE, 1));
            ears.texts(1);
            // She was removed at 1, and her gateway did not know it yet.
            connection.write(notice(ONE, 9));
            connection.write(pulled(connection.next(Request.Pull.class), range(ONE, 1, 1)));
            connection.write(notice(TWO, 1));
            var next = connection.next(Request.Pull.class);
            assertThat(next.body().getRangesList())
                    .extracting(PullRange::getConversationId)
                    .containsExactly(TWO);
            connection.write(pulled(next, range(TWO, 0, 1, message(TWO, 1))));
            Await.value(client.ready());
            assertThat(ears.texts(1)).containsExactly("1");
        }
    }

    @Test
    void aNoticeDuringAPullIsPulledAfterwards() {
        try (var _ = MagpieClient.start(TestClients.alice(gateway, ears))) {
            var connection = welcomed();
            connection.write(notice(ONE, 1));
            var first = connection.next(Request.Pull.class);
            connection.write(notice(ONE, 2));
            connection.write(pulled(first, range(ONE, 0, 1, message(ONE, 1))));
            var second = connection.next(Request.Pull.class);
            assertThat(second.body().getRanges(0).getAfterSequence()).isEqualTo(1);
            connection.write(pulled(second, range(ONE, 1, 2, message(ONE, 2))));
            assertThat(ears.texts(2)).containsExactly("1", "2");
        }
    }
}
