package im.magpie.client;

import static im.magpie.client.testing.FakeConnection.version;
import static im.magpie.client.testing.TestClients.CONVERSATION;
import static im.magpie.client.testing.TestClients.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import im.magpie.client.store.MemoryClientStore;
import im.magpie.client.testing.Await;
import im.magpie.client.testing.Ears;
import im.magpie.client.testing.FakeConnection;
import im.magpie.client.testing.FakeGateway;
import im.magpie.client.testing.TestClients;
import im.magpie.codec.packet.Push;
import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.ConversationEntry;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.PullReply;
import im.magpie.codec.protocol.PulledRange;
import im.magpie.codec.protocol.ReadReply;
import im.magpie.codec.protocol.Receipt;
import im.magpie.codec.protocol.ReceiptPush;
import im.magpie.codec.protocol.SyncReply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a user does with messages that are there: read marks, and history. */
class ReadTest {

    private final FakeGateway gateway = new FakeGateway();
    private final MagpieClient client = MagpieClient.start(TestClients.alice(gateway, new Ears()));

    @AfterEach
    void close() {
        client.close();
        gateway.close();
    }

    @Test
    void tellsTheServerUntilItAnswers() {
        client.read(CONVERSATION, 3);
        var first = welcomed();
        read(first, 3);
        first.close();
        var second = welcomed();
        second.refuse(read(second, 3), ErrorCode.BUSY);
        answer(second, read(second, 3));
        second.close();
        client.read(CONVERSATION, 4);
        read(welcomed(), 4);
    }

    @Test
    void saysOnlyTheLatestOfWhatWasReadMeanwhile() {
        var connection = welcomed();
        client.read(CONVERSATION, 1);
        var first = read(connection, 1);
        client.read(CONVERSATION, 2);
        client.read(CONVERSATION, 5);
        client.read(CONVERSATION, 4);
        Await.value(client.unsent());
        assertThat(connection.quiet(Request.Read.class)).isTrue();
        answer(connection, first);
        read(connection, 5);
    }

    @Test
    void saysNothingTwiceUnlessTheServerHasForgotten() {
        var connection = welcomed();
        client.read(CONVERSATION, 5);
        answer(connection, read(connection, 5));
        client.read(CONVERSATION, 5);
        client.read(CONVERSATION, 2);
        Await.value(client.unsent());
        assertThat(connection.quiet(Request.Read.class)).isTrue();
        connection.close();

        read(synced(3), 5);
    }

    @Test
    void remindsTheServerOfWhatAnotherDeviceHasRead() {
        var connection = welcomed();
        var receipt = Receipt.newBuilder()
                .setConversationId(CONVERSATION)
                .setUserId("alice")
                .setReadSequence(5);
        connection.write(
                new Push.Receipts(ReceiptPush.newBuilder().addReceipts(receipt).build()));
        connection.close();
        read(synced(3), 5);
    }

    @Test
    void remindsTheServerOfWhatItHasSaidItself() {
        synced(6).close();
        read(synced(3), 6);
    }

    private FakeConnection synced(long readSequence) {
        var connection = gateway.accept();
        connection.login();
        connection.synced(SyncReply.newBuilder()
                .setVersion(version(readSequence))
                .addConversations(ConversationEntry.newBuilder()
                        .setConversationId(CONVERSATION)
                        .setReadSequence(readSequence))
                .build());
        return connection;
    }

    @Test
    void whatWasReadWithoutAConnectionIsToldByTheNextClient() {
        var store = new MemoryClientStore();
        try (var nowhere = new FakeGateway()) {
            var offline =
                    MagpieClient.start(TestClients.alice(nowhere, new Ears()).withStore(store));
            offline.read(CONVERSATION, 7);
            Await.value(offline.unsent());
            offline.close();
        }
        try (var somewhere = new FakeGateway();
                var _ = MagpieClient.start(
                        TestClients.alice(somewhere, new Ears()).withStore(store))) {
            var connection = somewhere.accept();
            connection.welcome();
            read(connection, 7);
        }
    }

    @Test
    void leavesOffWhenItIsRefusedForGood() {
        var connection = welcomed();
        client.read("nonsense", 1);
        connection.refuse(connection.next(Request.Read.class), ErrorCode.INVALID_CONVERSATION);
        client.read(CONVERSATION, 1);
        read(connection, 1);
    }

    @Test
    void readsHistoryPageByPage() {
        var connection = welcomed();
        var history = client.history(CONVERSATION, 1, 4);
        var first = connection.next(Request.Pull.class);
        assertThat(first.body().getRanges(0).getToSequence()).isEqualTo(4);
        page(connection, first, true, 1, 2);
        var second = connection.next(Request.Pull.class);
        assertThat(second.body().getRanges(0).getAfterSequence()).isEqualTo(2);
        page(connection, second, false, 2, 4);
        assertThat(Await.value(history)).containsExactly(message(2), message(3), message(4));
    }

    @Test
    void readsHistoryUpToTheNewest() {
        var connection = welcomed();
        var history = client.history(CONVERSATION, 0, 0);
        page(connection, connection.next(Request.Pull.class), true, 0, 2);
        page(connection, connection.next(Request.Pull.class), false, 2, 3);
        assertThat(Await.value(history)).hasSize(3);
    }

    @Test
    void historyFailsWhenTheServerSaysSoAndWhenThereIsNone() {
        var connection = welcomed();
        var refused = client.history("private_bob_carol", 0, 0);
        connection.refuse(connection.next(Request.Pull.class), ErrorCode.NOT_A_PARTICIPANT);
        assertThat(codeOf(Await.failure(refused))).isEqualTo(ErrorCode.NOT_A_PARTICIPANT);

        var lost = client.history(CONVERSATION, 0, 0);
        connection.next(Request.Pull.class);
        connection.close();
        assertThat(codeOf(Await.failure(lost))).isEqualTo(ErrorCode.UNAVAILABLE);
    }

    private FakeConnection welcomed() {
        var connection = gateway.accept();
        connection.welcome();
        return connection;
    }

    private static Request.Read read(FakeConnection connection, long sequence) {
        var read = connection.next(Request.Read.class);
        assertThat(read.body().getPositionsList()).hasSize(1);
        assertThat(read.body().getPositions(0).getConversationId()).isEqualTo(CONVERSATION);
        assertThat(read.body().getPositions(0).getSequence()).isEqualTo(sequence);
        return read;
    }

    private static void answer(FakeConnection connection, Request.Read read) {
        connection.write(new Reply.ReadOk(read.requestId(), ReadReply.getDefaultInstance()));
    }

    private static void page(FakeConnection connection, Request.Pull pull, boolean more, long after, long to) {
        var range = PulledRange.newBuilder()
                .setConversationId(CONVERSATION)
                .setAfterSequence(after)
                .setToSequence(to);
        for (var sequence = after + 1; sequence <= to; sequence++) {
            range.addMessages(message(sequence));
        }
        connection.write(new Reply.PullOk(
                pull.requestId(),
                PullReply.newBuilder().addRanges(range).setMore(more).build()));
    }

    private static ErrorCode codeOf(Throwable failure) {
        return assertThat(failure)
                .asInstanceOf(type(RequestFailedException.class))
                .actual()
                .code();
    }
}
