package im.magpie.client;

import static im.magpie.client.testing.TestClients.CONVERSATION;
import static im.magpie.client.testing.TestClients.message;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.client.store.MemoryClientStore;
import im.magpie.client.testing.Await;
import im.magpie.client.testing.Ears;
import im.magpie.client.testing.FakeConnection;
import im.magpie.client.testing.FakeGateway;
import im.magpie.client.testing.TestClients;
import im.magpie.codec.content.Contents;
import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.PullRange;
import im.magpie.codec.protocol.PullReply;
import im.magpie.codec.protocol.PulledRange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Messages that a device has, and the server has no more when it is asked what became of them. */
class GoneTest {

    private final FakeGateway gateway = new FakeGateway();
    private final Ears ears = new Ears();
    private final MemoryClientStore store = new MemoryClientStore();

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void whatHasOutlivedItsRetentionLosesItsContentAndWhatTheUserDeletedElsewhereWaitsForThatNews() {
        try (var _ = MagpieClient.start(TestClients.alice(gateway, ears).withStore(store))) {
            var connection = gateway.accept();
            connection.welcome();
            connection.push(message(1), message(2));
            assertThat(ears.texts(2)).containsExactly("1", "2");
            connection.push(reaction(3, 2));
            answer(connection);
            connection.push(reaction(4, 1));
            answer(connection);

            var told = Await.next(ears.changed, "the message that has outlived its retention");
            assertThat(told.getSequence()).isEqualTo(1);
            assertThat(told.hasContent()).isFalse();
            connection.push(message(5));
            assertThat(ears.texts(1)).containsExactly("5");
            assertThat(ears.changed).isEmpty();
            assertThat(store.messages(CONVERSATION, 1, 2)).containsExactly(message(2));
        }
    }

    private static void answer(FakeConnection connection) {
        var pull = connection.next(Request.Pull.class);
        var reply = PullReply.newBuilder();
        pull.body().getRangesList().forEach(range -> reply.addRanges(gone(range)));
        connection.write(new Reply.PullOk(pull.requestId(), reply.build()));
    }

    private static PulledRange gone(PullRange range) {
        return PulledRange.newBuilder()
                .setConversationId(range.getConversationId())
                .setAfterSequence(range.getAfterSequence())
                .setToSequence(range.getToSequence())
                .setOutlivedSequence(range.getToSequence() == 1 ? 1 : 0)
                .build();
    }

    private static ChatMessage reaction(long sequence, long target) {
        return message(sequence).toBuilder()
                .setContent(Contents.reaction(target, "👍", false))
                .build();
    }
}
