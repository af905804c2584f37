package im.magpie.client;

import static im.magpie.client.testing.TestClients.CONVERSATION;
import static im.magpie.client.testing.TestClients.message;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.client.store.FileClientStore;
import im.magpie.client.testing.Await;
import im.magpie.client.testing.BreakingStore;
import im.magpie.client.testing.Ears;
import im.magpie.client.testing.FakeConnection;
import im.magpie.client.testing.FakeGateway;
import im.magpie.client.testing.TestClients;
import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.SendReply;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client does when its store fails, and what it owes to its store. */
class StoreFailureTest {

    @TempDir
    Path directory;

    private final FakeGateway gateway = new FakeGateway();
    private final Ears ears = new Ears();
    private final BreakingStore store = new BreakingStore();

    @AfterEach
    void close() {
        gateway.close();
    }

    private MagpieClient start() {
        return MagpieClient.start(TestClients.alice(gateway, ears).withStore(store));
    }

    @Test
    void sendsNothingThatIsNotRemembered() {
        try (var client = start()) {
            var connection = welcomed();
            // Until then the client still writes down what it has synced, and would reconnect over that.
            Await.value(client.ready());
            store.broken(true);
            assertThat(Await.failure(client.sendText(CONVERSATION, "lost")))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("no space left");
            store.broken(false);
            client.sendText(CONVERSATION, "kept");
            assertThat(connection.next(Request.Send.class).body().getContent()).isEqualTo(TestClients.text("kept"));
            assertThat(Await.value(client.unsent())).isEqualTo(1);
        }
    }

    @Test
    void hearsOfAnAcknowledgementAgainThatItCouldNotKeep() {
        try (var client = start()) {
            var first = welcomed();
            // Until then the client still writes down what it has synced, and would reconnect over that.
            Await.value(client.ready());
            var sent = client.sendText(CONVERSATION, "hello");
            var send = first.next(Request.Send.class);
            store.broken(true);
            acknowledge(first, send);
            Await.value(first.closed());
            assertThat(sent).isNotDone();
            assertThat(ears.messages).isEmpty();

            store.broken(false);
            var second = welcomed();
            var again = second.next(Request.Send.class);
            assertThat(again.body()).isEqualTo(send.body());
            acknowledge(second, again);
            assertThat(Await.value(sent).sequence()).isEqualTo(1);
            assertThat(ears.texts(1)).containsExactly("hello");
        }
    }

    @Test
    void goesOnFromWhatIsInItsDirectory() {
        var options = TestClients.alice(gateway, ears);
        try (var client = MagpieClient.start(options.withStore(FileClientStore.open(directory)))) {
            var connection = welcomed();
            connection.push(message(1), message(2));
            assertThat(ears.texts(2)).containsExactly("1", "2");
            client.sendText(CONVERSATION, "mine");
            connection.next(Request.Send.class);
        }
        try (var client = MagpieClient.start(options.withStore(FileClientStore.open(directory)))) {
            assertThat(Await.value(client.unsent())).isEqualTo(1);
            var connection = welcomed();
            var send = connection.next(Request.Send.class);
            assertThat(send.body().getContent()).isEqualTo(TestClients.text("mine"));
            connection.push(message(2), message(3));
            assertThat(ears.texts(1)).containsExactly("3");
        }
    }

    private FakeConnection welcomed() {
        var connection = gateway.accept();
        connection.welcome();
        return connection;
    }

    private static void acknowledge(FakeConnection connection, Request.Send send) {
        connection.write(new Reply.SendOk(
                send.requestId(), SendReply.newBuilder().setSequence(1).build()));
    }
}
