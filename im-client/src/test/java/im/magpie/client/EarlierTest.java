package im.magpie.client;

import static im.magpie.client.testing.TestClients.CONVERSATION;
import static im.magpie.client.testing.TestClients.message;
import static im.magpie.client.testing.TestClients.messages;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

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
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.MessageContent;
import im.magpie.codec.protocol.PersonalSettings;
import im.magpie.codec.protocol.PullRange;
import im.magpie.codec.protocol.PullReply;
import im.magpie.codec.protocol.PulledRange;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A user scrolls up. */
class EarlierTest {

    private final FakeGateway gateway = new FakeGateway();
    private final MemoryClientStore store = new MemoryClientStore();

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void needsNoServerForWhatIsHere() {
        try (var device = deviceWith(List.of(messages(1, 5)), 5)) {
            assertThat(Await.value(device.earlier(CONVERSATION, 0, 2))).containsExactly(messages(4, 5));
            assertThat(Await.value(device.earlier(CONVERSATION, 4, 2))).containsExactly(messages(2, 3));
            assertThat(Await.value(device.earlier(CONVERSATION, 2, 2))).containsExactly(messages(1, 1));
            assertThat(Await.value(device.earlier(CONVERSATION, 1, 2))).isEmpty();
            assertThat(Await.value(device.earlier(CONVERSATION, Long.MAX_VALUE, 1)))
                    .containsExactly(message(5));
        }
    }

    @Test
    void asksTheServerForTheRest() {
        try (var device = deviceWith(List.of(messages(8, 10)), 10)) {
            var connection = gateway.accept();
            connection.welcome();
            var page = device.earlier(CONVERSATION, 0, 5);
            answer(connection, 2, 7, messages(3, 7));
            assertThat(Await.value(page)).containsExactly(messages(6, 10));
            assertThat(connection.quiet(Request.Pull.class)).isTrue();
        }
    }

    @Test
    void failsWhereTheServerIsNeededAndAway() {
        try (var device = deviceWith(List.of(messages(8, 10)), 10)) {
            assertThat(Await.failure(device.earlier(CONVERSATION, 0, 4)))
                    .asInstanceOf(type(RequestFailedException.class))
                    .extracting(RequestFailedException::code)
                    .isEqualTo(ErrorCode.UNAVAILABLE);
        }
    }

    @Test
    void asksForMoreAndMoreWhereThereIsLittle() {
        try (var device = deviceWith(List.of(), 100)) {
            var connection = gateway.accept();
            connection.welcome();
            var page = device.earlier(CONVERSATION, 0, 2);
            answer(connection, 98, 100);
            answer(connection, 94, 98, changed(Contents.recall(3), 95), message(97));
            answer(connection, 86, 94, message(90));
            assertThat(Await.value(page)).containsExactly(message(90), message(97));
        }
    }

    @Test
    void endsWhereTheConversationBegins() {
        try (var device = deviceWith(List.of(messages(99, 100)), 100)) {
            var connection = gateway.accept();
            connection.welcome();
            var page = device.earlier(CONVERSATION, 0, 10);
            var pull = connection.next(Request.Pull.class);
            var range = PulledRange.newBuilder()
                    .setConversationId(CONVERSATION)
                    .setAfterSequence(88)
                    .setToSequence(98)
                    .setOutlivedSequence(97)
                    .addMessages(message(98));
            connection.write(new Reply.PullOk(
                    pull.requestId(), PullReply.newBuilder().addRanges(range).build()));
            assertThat(Await.value(page)).containsExactly(messages(98, 100));
        }
    }

    @Test
    void leavesOutWhatIsDeletedAndWhatIsNoMessage() {
        var changed = message(3).toBuilder().setChangedSequence(6).build();
        try (var device = deviceWith(
                List.of(
                        message(1),
                        message(2),
                        changed,
                        message(4),
                        message(5),
                        changed(Contents.reaction(3, "👍", false), 6)),
                6)) {
            store.settings(
                    CONVERSATION,
                    PersonalSettings.newBuilder()
                            .setDeletedUntil(1)
                            .addDeleted(4)
                            .build());
            assertThat(Await.value(device.earlier(CONVERSATION, 0, 9)))
                    .containsExactly(message(2), changed, message(5));
        }
    }

    @Test
    void doesNotShowTheOldStateOfAMessage() {
        try (var device =
                deviceWith(List.of(message(1), message(2), changed(Contents.reaction(1, "👍", false), 3)), 3)) {
            var connection = gateway.accept();
            connection.welcome();
            // What is wanted anyway is not answered yet.
            connection.next(Request.Pull.class);
            var page = device.earlier(CONVERSATION, 0, 5);
            var newer = message(1).toBuilder().setChangedSequence(3).build();
            answer(connection, 0, 1, newer);
            assertThat(Await.value(page)).containsExactly(newer, message(2));
        }
    }

    @Test
    void refusesWhatMakesNoSense() {
        try (var device = deviceWith(List.of(), 0)) {
            assertThatIllegalArgumentException().isThrownBy(() -> device.earlier(CONVERSATION, 0, 0));
            assertThatIllegalArgumentException().isThrownBy(() -> device.earlier(CONVERSATION, -1, 1));
        }
    }

    private MagpieClient deviceWith(List<ChatMessage> messages, long position) {
        store.append(CONVERSATION, messages, position);
        return MagpieClient.start(TestClients.alice(gateway, new Ears()).withStore(store));
    }

    private static ChatMessage changed(MessageContent change, long sequence) {
        return message(sequence).toBuilder().setContent(change).build();
    }

    private static void answer(FakeConnection connection, long after, long to, ChatMessage... messages) {
        var pull = connection.next(Request.Pull.class);
        assertThat(pull.body().getRangesList())
                .containsExactly(PullRange.newBuilder()
                        .setConversationId(CONVERSATION)
                        .setAfterSequence(after)
                        .setToSequence(to)
                        .build());
        var range = PulledRange.newBuilder()
                .setConversationId(CONVERSATION)
                .setAfterSequence(after)
                .setToSequence(to)
                .addAllMessages(List.of(messages));
        connection.write(new Reply.PullOk(
                pull.requestId(), PullReply.newBuilder().addRanges(range).build()));
    }
}
