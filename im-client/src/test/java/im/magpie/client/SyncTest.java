package im.magpie.client;

import static im.magpie.client.testing.FakeConnection.version;
import static im.magpie.client.testing.TestClients.CONVERSATION;
import static im.magpie.client.testing.TestClients.message;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.client.store.MemoryClientStore;
import im.magpie.client.testing.Await;
import im.magpie.client.testing.BreakingStore;
import im.magpie.client.testing.Ears;
import im.magpie.client.testing.FakeConnection;
import im.magpie.client.testing.FakeGateway;
import im.magpie.client.testing.TestClients;
import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.ConversationEntry;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.LoginReply;
import im.magpie.codec.protocol.PingReply;
import im.magpie.codec.protocol.PullReply;
import im.magpie.codec.protocol.PulledRange;
import im.magpie.codec.protocol.SyncReply;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SyncTest {

    private static final String OTHER = "private_alice_carol";

    private final FakeGateway gateway = new FakeGateway();
    private final Ears ears = new Ears();
    private final MemoryClientStore store = new MemoryClientStore();

    @AfterEach
    void close() {
        gateway.close();
    }

    private ClientOptions options() {
        return TestClients.alice(gateway, ears).withStore(store);
    }

    @Test
    void pullsWhatChangedAndThenRemembersTheVersion() {
        try (var client = MagpieClient.start(options())) {
            var connection = gateway.accept();
            connection.login();
            connection.synced(page(7, false, entry(CONVERSATION, 2), entry(OTHER, 1)));
            var pull = connection.next(Request.Pull.class);
            assertThat(pull.body().getRangesList())
                    .extracting(range ->
                            range.getConversationId() + " " + range.getAfterSequence() + "-" + range.getToSequence())
                    .containsExactlyInAnyOrder(CONVERSATION + " 0-2", OTHER + " 0-1");
            assertThat(store.version().getCounter()).isZero();
            connection.write(pulled(pull, messages(CONVERSATION, 1, 2), messages(OTHER, 1, 1)));
            Await.value(client.ready());
            assertThat(store.version()).isEqualTo(version(7));
            assertThat(ears.texts(3)).containsExactly("1", "2", "1");
            assertThat(Await.next(ears.conversations, "a conversation").getConversationId())
                    .isEqualTo(CONVERSATION);
            assertThat(Await.next(ears.conversations, "a conversation").getConversationId())
                    .isEqualTo(OTHER);
        }
    }

    @Test
    void asksOnFromTheLastPageThatItHasTakenIn() {
        try (var client = MagpieClient.start(options())) {
            var first = gateway.accept();
            first.login();
            first.synced(page(5, true, entry(CONVERSATION, 1)));
            first.write(pulled(first.next(Request.Pull.class), messages(CONVERSATION, 1, 1)));
            first.synced(page(9, false, entry(OTHER, 3)));
            first.next(Request.Pull.class);
            first.close();

            var second = gateway.accept();
            second.login();
            var sync = second.next(Request.Sync.class);
            assertThat(sync.body().getSince()).isEqualTo(version(5));
            second.write(new Reply.SyncOk(sync.requestId(), page(9, false, entry(OTHER, 3))));
            second.write(pulled(second.next(Request.Pull.class), messages(OTHER, 1, 3)));
            Await.value(client.ready());
            assertThat(store.version()).isEqualTo(version(9));
            assertThat(ears.texts(4)).containsExactly("1", "1", "2", "3");
        }
    }

    @Test
    void pullsPageByPage() {
        try (var client = MagpieClient.start(options())) {
            var connection = gateway.accept();
            connection.login();
            connection.synced(page(5, false, entry(CONVERSATION, 5)));
            connection.write(pulled(connection.next(Request.Pull.class), messages(CONVERSATION, 1, 3)));
            var pull = connection.next(Request.Pull.class);
            assertThat(pull.body().getRanges(0).getAfterSequence()).isEqualTo(3);
            connection.write(pulled(pull, messages(CONVERSATION, 4, 5)));
            Await.value(client.ready());
            assertThat(ears.texts(5)).containsExactly("1", "2", "3", "4", "5");
        }
    }

    @Test
    void aNewDeviceTakesOnlyTheNewestOfAConversation() {
        try (var client = MagpieClient.start(options().withInitialHistory(2))) {
            var connection = gateway.accept();
            connection.login();
            connection.synced(page(5, false, entry(CONVERSATION, 50)));
            var pull = connection.next(Request.Pull.class);
            assertThat(pull.body().getRanges(0).getAfterSequence()).isEqualTo(48);
            connection.write(pulled(pull, messages(CONVERSATION, 49, 50)));
            Await.value(client.ready());
            assertThat(store.positions()).containsEntry(CONVERSATION, 50L);
        }
    }

    @Test
    void asksAgainWhenASyncFails() {
        try (var client = MagpieClient.start(options())) {
            var connection = gateway.accept();
            connection.login();
            connection.refuse(connection.next(Request.Sync.class), ErrorCode.UNAVAILABLE);
            connection.synced(SyncReply.getDefaultInstance());
            Await.value(client.ready());
        }
    }

    @Test
    void acknowledgesAgainWhatTheServerHasForgotten() {
        store.append(CONVERSATION, messages(CONVERSATION, 1, 4), 4);
        try (var _ = MagpieClient.start(options())) {
            var connection = gateway.accept();
            connection.login();
            connection.synced(page(
                    5,
                    false,
                    entry(CONVERSATION, 4).toBuilder().setDeliveredSequence(2).build()));
            var ack = connection.next(Request.PushAcknowledgement.class);
            assertThat(ack.body().getPositions(0).getSequence()).isEqualTo(4);
        }
    }

    @Test
    void aHeartbeatTellsWhetherThereIsSomethingToSync() {
        try (var _ = MagpieClient.start(options())) {
            var connection = gateway.accept();
            connection.login(beatingFast());
            connection.synced(page(3, false));
            pong(connection, PingReply.newBuilder().setIndexVersion(version(3)));
            pong(connection, PingReply.newBuilder());
            pongUntilSync(connection, PingReply.newBuilder().setIndexVersion(version(4)));
            assertThat(connection.next(Request.Sync.class).body().getSince()).isEqualTo(version(3));
        }
    }

    @Test
    void syncsWhenSomethingWasNotPushedWhateverTheVersionSays() {
        try (var _ = MagpieClient.start(options())) {
            var connection = gateway.accept();
            connection.login(beatingFast());
            connection.synced(page(3, false));
            pongUntilSync(
                    connection,
                    PingReply.newBuilder().setIndexVersion(version(3)).setSyncRequired(true));
            connection.next(Request.Sync.class);
        }
    }

    @Test
    void aVersionThatCouldNotBeKeptIsAskedForAgain() {
        var breaking = new BreakingStore();
        breaking.broken(true);
        try (var client = MagpieClient.start(options().withStore(breaking))) {
            var first = gateway.accept();
            first.login();
            first.synced(page(3, false));
            Await.value(first.closed());
            breaking.broken(false);
            var second = gateway.accept();
            second.login();
            second.synced(page(3, false));
            Await.value(client.ready());
            assertThat(breaking.version()).isEqualTo(version(3));
        }
    }

    private static LoginReply beatingFast() {
        return FakeConnection.WELCOME.toBuilder().setHeartbeatIntervalMs(20).build();
    }

    /** Answers the next PING, up to which nothing was asked for. */
    private static void pong(FakeConnection connection, PingReply.Builder pong) {
        var ping = connection.next(Request.Ping.class);
        assertThat(connection.quiet(Request.Sync.class)).isTrue();
        write(connection, ping, pong);
    }

    /** An answer counts only when it comes within the heartbeat, which is short. */
    private static void pongUntilSync(FakeConnection connection, PingReply.Builder pong) {
        while (connection.quiet(Request.Sync.class)) {
            write(connection, connection.next(Request.Ping.class), pong);
        }
    }

    private static void write(FakeConnection connection, Request.Ping ping, PingReply.Builder pong) {
        connection.write(new Reply.PingOk(
                ping.requestId(), pong.setServerTime(System.currentTimeMillis()).build()));
    }

    private static ConversationEntry entry(String conversationId, long newest) {
        return ConversationEntry.newBuilder()
                .setConversationId(conversationId)
                .setNewestSequence(newest)
                .setDeliveredSequence(newest)
                .build();
    }

    private static SyncReply page(long version, boolean more, ConversationEntry... entries) {
        return SyncReply.newBuilder()
                .setVersion(version(version))
                .setMore(more)
                .addAllConversations(List.of(entries))
                .build();
    }

    private static List<ChatMessage> messages(String conversationId, long from, long to) {
        return LongStream.rangeClosed(from, to)
                .mapToObj(sequence -> message(conversationId, sequence))
                .toList();
    }

    @SafeVarargs
    private static Reply.PullOk pulled(Request.Pull pull, List<ChatMessage>... ranges) {
        var reply = PullReply.newBuilder();
        for (var messages : ranges) {
            reply.addRanges(PulledRange.newBuilder()
                    .setConversationId(messages.getFirst().getConversationId())
                    .setAfterSequence(messages.getFirst().getSequence() - 1)
                    .setToSequence(messages.getLast().getSequence())
                    .addAllMessages(messages));
        }
        return new Reply.PullOk(pull.requestId(), reply.build());
    }
}
