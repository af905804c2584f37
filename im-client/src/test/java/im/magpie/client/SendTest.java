package im.magpie.client;

import static im.magpie.client.testing.TestClients.CONVERSATION;
import static im.magpie.client.testing.TestClients.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import im.magpie.client.outbox.Outbox;
import im.magpie.client.store.MemoryClientStore;
import im.magpie.client.testing.Await;
import im.magpie.client.testing.Ears;
import im.magpie.client.testing.FakeConnection;
import im.magpie.client.testing.FakeGateway;
import im.magpie.client.testing.TestClients;
import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.PullReply;
import im.magpie.codec.protocol.SendReply;
import im.magpie.codec.protocol.SyncReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SendTest {

    private final FakeGateway gateway = new FakeGateway();
    private final Ears ears = new Ears();
    private final MemoryClientStore store = new MemoryClientStore();
    private final MagpieClient client =
            MagpieClient.start(TestClients.alice(gateway, ears).withStore(store));

    @AfterEach
    void close() {
        client.close();
        gateway.close();
    }

    @Test
    void completesWhenTheServerHasIt() {
        var connection = welcomed();
        var sent = client.sendText(CONVERSATION, "hello");
        var send = connection.next(Request.Send.class);
        assertThat(send.body().getConversationId()).isEqualTo(CONVERSATION);
        assertThat(send.body().getContent()).isEqualTo(TestClients.text("hello"));
        assertThat(store.queued()).containsExactly(send.body());
        acknowledge(connection, send, 1);

        assertThat(Await.value(sent))
                .isEqualTo(new SentMessage(
                        CONVERSATION, send.body().getClientMessageId(), CONVERSATION + ":1", 1, 1_700_000_000_001L));
        var own = Await.next(ears.messages, "the own message");
        assertThat(own.getSenderId()).isEqualTo("alice");
        assertThat(own.getSequence()).isEqualTo(1);
        assertThat(own.getOrdinal()).isEqualTo(1);
        assertThat(own.getServerTime()).isEqualTo(1_700_000_000_001L);
        assertThat(own.getContent()).isEqualTo(TestClients.text("hello"));
        assertThat(store.queued()).isEmpty();
        assertThat(store.positions()).containsEntry(CONVERSATION, 1L);
    }

    @Test
    void sendsAgainUnderTheSameIdOverTheNextConnection() {
        var first = welcomed();
        var sent = client.sendText(CONVERSATION, "hello");
        var send = first.next(Request.Send.class);
        first.close();

        var second = welcomed();
        var again = second.next(Request.Send.class);
        assertThat(again.body()).isEqualTo(send.body());
        acknowledge(second, again, 1);
        assertThat(Await.value(sent).sequence()).isEqualTo(1);
        assertThat(client.resends()).isEqualTo(1);
    }

    @Test
    void sendsAgainWhenNoReplyComes() {
        gateway.accept();
        client.close();
        var impatient =
                TestClients.alice(gateway, ears).withTimings(TestClients.QUICK.withReply(Duration.ofMillis(100)));
        try (var other = MagpieClient.start(impatient)) {
            var connection = welcomed();
            var sent = other.sendText(CONVERSATION, "hello");
            var send = connection.next(Request.Send.class);
            var again = connection.next(Request.Send.class);
            assertThat(again.body()).isEqualTo(send.body());
            acknowledge(connection, again, 1);
            Await.value(sent);
            assertThat(other.resends()).isPositive();
        }
    }

    @Test
    void whatWaitsForAConnectionGoesOutInOrder() {
        var sent = texts(3);
        var connection = welcomed();
        for (var i = 1; i <= 3; i++) {
            var send = connection.next(Request.Send.class);
            assertThat(text(send)).isEqualTo("text " + i);
            acknowledge(connection, send, i);
        }
        sent.forEach(Await::value);
        assertThat(ears.texts(3)).containsExactly("text 1", "text 2", "text 3");
        assertThat(client.resends()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"BUSY", "UNAVAILABLE", "INTERNAL"})
    void whatComesBehindARefusedMessageWaitsForIt(ErrorCode code) {
        var connection = welcomed();
        texts(3);
        var first = connection.next(Request.Send.class);
        var second = connection.next(Request.Send.class);
        var third = connection.next(Request.Send.class);
        connection.refuse(first, code);
        roundTrip(connection);
        texts(1);
        connection.refuse(second, ErrorCode.BUSY);
        connection.refuse(third, ErrorCode.BUSY);

        assertThat(connection.next(Request.Send.class).body()).isEqualTo(first.body());
        assertThat(connection.next(Request.Send.class).body()).isEqualTo(second.body());
        assertThat(connection.next(Request.Send.class).body()).isEqualTo(third.body());
        assertThat(text(connection.next(Request.Send.class))).isEqualTo("text 1");
    }

    @Test
    void aRefusedMessageWaitsUntilTheOthersAreAnswered() {
        var connection = welcomed();
        texts(2);
        var first = connection.next(Request.Send.class);
        var second = connection.next(Request.Send.class);
        connection.refuse(first, ErrorCode.BUSY);
        // Its time is over before this one comes back.
        client.read(CONVERSATION, 1);
        connection.next(Request.Read.class);
        assertThat(connection.quiet(Request.Send.class)).isTrue();
        acknowledge(connection, second, 1);
        assertThat(connection.next(Request.Send.class).body()).isEqualTo(first.body());
    }

    @Test
    void otherConversationsDoNotWait() {
        var connection = welcomed();
        texts(1);
        var refused = connection.next(Request.Send.class);
        connection.write(Reply.Failure.of(refused, ErrorCode.BUSY, "later", 3_600_000));
        client.sendText("private_alice_carol", "hello");
        assertThat(connection.next(Request.Send.class).body().getConversationId())
                .isEqualTo("private_alice_carol");
    }

    @ParameterizedTest
    @EnumSource(names = {"BLOCKED_BY_RECIPIENT", "RECIPIENT_UNKNOWN", "CONTENT_TOO_LARGE", "CLOCK_AHEAD"})
    void failsWhenTheServerWillNeverTakeIt(ErrorCode code) {
        var connection = welcomed();
        var sent = texts(2);
        connection.refuse(connection.next(Request.Send.class), code);
        acknowledge(connection, connection.next(Request.Send.class), 1);
        assertThat(codeOf(Await.failure(sent.getFirst()))).isEqualTo(code);
        Await.value(sent.getLast());
        assertThat(store.queued()).isEmpty();
    }

    @Test
    void doesNotWriteWhatTheConnectionWouldNotSurvive() {
        var connection = gateway.accept();
        connection.login(
                FakeConnection.WELCOME.toBuilder().setMaxBodyBytes(1_000).build());
        connection.synced(SyncReply.getDefaultInstance());
        var huge = client.sendText(CONVERSATION, "x".repeat(1_000));
        var small = client.sendText(CONVERSATION, "x");
        acknowledge(connection, connection.next(Request.Send.class), 1);
        assertThat(codeOf(Await.failure(huge))).isEqualTo(ErrorCode.FRAME_TOO_LARGE);
        Await.value(small);
    }

    @Test
    void isBusyWhenTooManyWait() {
        var sent = texts(Outbox.MOST);
        assertThat(Await.value(client.unsent())).isEqualTo(Outbox.MOST);
        assertThat(codeOf(Await.failure(client.sendText(CONVERSATION, "one too many"))))
                .isEqualTo(ErrorCode.BUSY);
        assertThat(store.queued()).hasSize(Outbox.MOST);
        client.close();
        assertThat(codeOf(Await.failure(sent.getFirst()))).isEqualTo(ErrorCode.UNAVAILABLE);
    }

    @Test
    void theNextClientSendsWhatThisOneCouldNot() {
        gateway.accept();
        texts(2);
        Await.value(client.unsent());
        client.close();
        try (var next = MagpieClient.start(TestClients.alice(gateway, ears).withStore(store))) {
            assertThat(Await.value(next.unsent())).isEqualTo(2);
            var connection = welcomed();
            assertThat(text(connection.next(Request.Send.class))).isEqualTo("text 1");
            assertThat(text(connection.next(Request.Send.class))).isEqualTo("text 2");
        }
    }

    @Test
    void theOwnMessageTakesItsPlaceAmongTheOthers() {
        var connection = welcomed();
        texts(1);
        var send = connection.next(Request.Send.class);
        connection.push(message(1));
        connection.next(Request.PushAcknowledgement.class);
        connection.push(message(3));
        acknowledge(connection, send, 2);
        assertThat(ears.texts(3)).containsExactly("1", "text 1", "3");
        var ack = connection.next(Request.PushAcknowledgement.class);
        assertThat(ack.body().getPositions(0).getSequence()).isEqualTo(3);
    }

    private FakeConnection welcomed() {
        var connection = gateway.accept();
        connection.welcome();
        return connection;
    }

    /** Returns when the client has read what was written before. */
    private void roundTrip(FakeConnection connection) {
        var history = client.history(CONVERSATION, 0, 0);
        var pull = connection.next(Request.Pull.class);
        connection.write(new Reply.PullOk(pull.requestId(), PullReply.getDefaultInstance()));
        Await.value(history);
    }

    private List<CompletableFuture<SentMessage>> texts(int count) {
        return new ArrayList<>(IntStream.rangeClosed(1, count)
                .mapToObj(i -> client.sendText(CONVERSATION, "text " + i))
                .toList());
    }

    private static String text(Request.Send send) {
        return send.body().getContent().getText().getText();
    }

    private static void acknowledge(FakeConnection connection, Request.Send send, long sequence) {
        connection.write(new Reply.SendOk(
                send.requestId(),
                SendReply.newBuilder()
                        .setMessageId(send.body().getConversationId() + ":" + sequence)
                        .setSequence(sequence)
                        .setOrdinal(sequence)
                        .setServerTime(1_700_000_000_000L + sequence)
                        .build()));
    }

    private static ErrorCode codeOf(Throwable failure) {
        return assertThat(failure)
                .asInstanceOf(type(RequestFailedException.class))
                .actual()
                .code();
    }
}
