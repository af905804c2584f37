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
import im.magpie.codec.packet.Push;
import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.PersonalSettings;
import im.magpie.codec.protocol.PullReply;
import im.magpie.codec.protocol.PulledRange;
import im.magpie.codec.protocol.SettingsPush;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A device asks for a message that has changed, and the server has none for it there. */
class LeftOutTest {

    private final FakeGateway gateway = new FakeGateway();
    private final Ears ears = new Ears();
    private final MemoryClientStore store = new MemoryClientStore();

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void whatTheUserHasDeletedOnAnotherDeviceIsShownNoMore() {
        try (var _ = start()) {
            var connection = changed();
            answer(connection, 0);
            connection.write(new Push.Settings(SettingsPush.newBuilder()
                    .setConversationId(CONVERSATION)
                    .setSettings(PersonalSettings.newBuilder().setVersion(1).addDeleted(1))
                    .build()));

            assertThat(Await.next(ears.settings, "the settings").getDeletedList())
                    .containsExactly(1L);
            assertThat(ears.changed).isEmpty();
            assertThat(store.messages(CONVERSATION, 0, 1)).isEmpty();
            assertThat(connection.quiet(Request.Pull.class)).isTrue();
        }
    }

    @Test
    void whatHasOutlivedItsRetentionIsEmpty() {
        try (var _ = start()) {
            answer(changed(), 1);

            var empty = Await.next(ears.changed, "the message in its newest state");
            assertThat(empty.hasContent()).isFalse();
            assertThat(empty.getChangedSequence()).isEqualTo(2);
        }
    }

    private MagpieClient start() {
        return MagpieClient.start(TestClients.alice(gateway, ears).withStore(store));
    }

    /** Message 1 is here, and somebody reacts to it. */
    private FakeConnection changed() {
        var connection = gateway.accept();
        connection.welcome();
        connection.push(message(1));
        connection.push(message(2).toBuilder()
                .setContent(Contents.reaction(1, "👍", false))
                .build());
        return connection;
    }

    private static void answer(FakeConnection connection, long outlived) {
        var pull = connection.next(Request.Pull.class);
        var range = PulledRange.newBuilder()
                .setConversationId(CONVERSATION)
                .setToSequence(1)
                .setOutlivedSequence(outlived);
        connection.write(new Reply.PullOk(
                pull.requestId(), PullReply.newBuilder().addRanges(range).build()));
    }
}
