package im.magpie.client;

import static im.magpie.client.testing.TestClients.CONVERSATION;
import static im.magpie.client.testing.TestClients.message;
import static im.magpie.client.testing.TestClients.messages;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.client.testing.Await;
import im.magpie.client.testing.BreakingStore;
import im.magpie.client.testing.Ears;
import im.magpie.client.testing.FakeConnection;
import im.magpie.client.testing.FakeGateway;
import im.magpie.client.testing.TestClients;
import im.magpie.codec.packet.Push;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.JoinRequest;
import im.magpie.codec.protocol.JoinRequestState;
import im.magpie.codec.protocol.PersonalSettings;
import im.magpie.codec.protocol.Receipt;
import im.magpie.codec.protocol.ReceiptPush;
import im.magpie.codec.protocol.SettingsPush;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReceiveTest {

    private static final Duration NEVER = Duration.ofHours(1);

    private final FakeGateway gateway = new FakeGateway();
    private final Ears ears = new Ears();
    private final BreakingStore store = new BreakingStore();

    @AfterEach
    void close() {
        gateway.close();
    }

    private ClientOptions options() {
        return TestClients.alice(gateway, ears).withStore(store);
    }

    @Test
    void handsOverWhatIsPushedAndAcknowledgesIt() {
        try (var _ = MagpieClient.start(options())) {
            var connection = welcomed();
            connection.push(message(1), message(2));
            assertThat(ears.texts(2)).containsExactly("1", "2");
            assertThat(connection.acknowledged()).isEqualTo(2);
            assertThat(store.messages(CONVERSATION, 0, 9)).containsExactly(message(1), message(2));
        }
    }

    /** On another device. */
    @Test
    void doesNotHandOverWhatTheUserHasDeletedBefore() {
        try (var _ = MagpieClient.start(options())) {
            var connection = welcomed();
            connection.write(new Push.Settings(SettingsPush.newBuilder()
                    .setConversationId(CONVERSATION)
                    .setSettings(PersonalSettings.newBuilder().setVersion(1).addDeleted(2))
                    .build()));
            connection.push(message(1), message(2), message(3));
            assertThat(ears.texts(2)).containsExactly("1", "3");
            assertThat(connection.acknowledged()).isEqualTo(3);
            assertThat(store.messages(CONVERSATION, 0, 9)).containsExactly(message(1), message(3));
        }
    }

    @Test
    void tellsWhoAsksToBeLetIn() {
        try (var _ = MagpieClient.start(options())) {
            var request = JoinRequest.newBuilder()
                    .setGroupId("club")
                    .setUserId("erin")
                    .setState(JoinRequestState.ASKED)
                    .build();
            welcomed().write(new Push.JoinRequests(request));
            assertThat(Await.next(ears.joinRequests, "the request")).isEqualTo(request);
        }
    }

    @Test
    void gathersWhatItAcknowledges() {
        try (var _ = MagpieClient.start(options().withTimings(TestClients.QUICK.withGather(NEVER)))) {
            var connection = welcomed();
            connection.push(message(1));
            assertThat(connection.acknowledged()).isEqualTo(1);
            connection.push(messages(2, 64));
            connection.push(message(65));
            assertThat(connection.acknowledged()).isEqualTo(65);
            connection.push(message(66));
            assertThat(ears.texts(66)).endsWith("66");
            assertThat(connection.quiet(Request.PushAcknowledgement.class)).isTrue();
            connection.close();

            var next = gateway.accept();
            next.login();
            assertThat(next.acknowledged()).isEqualTo(66);
        }
    }

    @Test
    void acknowledgesTheRestAfterAWhile() {
        var timings = TestClients.QUICK.withGather(Duration.ofMillis(100));
        try (var _ = MagpieClient.start(options().withTimings(timings))) {
            var connection = welcomed();
            for (var sequence = 1; sequence <= 3; sequence++) {
                connection.push(message(sequence));
            }
            for (var last = 0L; last < 3; ) {
                last = connection.acknowledged();
            }
        }
    }

    @Test
    void dropsDuplicatesAndAcknowledgesThemAgain() {
        try (var _ = MagpieClient.start(options())) {
            var connection = welcomed();
            connection.push(message(1));
            assertThat(connection.acknowledged()).isEqualTo(1);
            connection.push(message(1));
            assertThat(connection.acknowledged()).isEqualTo(1);
            connection.push(message(2));
            assertThat(ears.texts(2)).containsExactly("1", "2");
        }
    }

    @Test
    void acknowledgesNothingThatTheStoreDoesNotHave() {
        try (var _ = MagpieClient.start(options())) {
            var first = welcomed();
            store.broken(true);
            first.push(message(1));
            Await.value(first.closed());
            assertThat(first.quiet(Request.PushAcknowledgement.class)).isTrue();
            assertThat(ears.messages).isEmpty();

            store.broken(false);
            var second = welcomed();
            second.push(message(1));
            assertThat(ears.texts(1)).containsExactly("1");
            assertThat(second.acknowledged()).isEqualTo(1);
        }
    }

    @Test
    void aListenerThatFailsHearsTheNextMessage() {
        var heard = new AtomicInteger();
        var listener = new ClientListener() {
            @Override
            public void onMessage(ChatMessage message) {
                if (heard.incrementAndGet() == 1) {
                    throw new IllegalStateException("a fault of the user's");
                }
            }
        };
        try (var _ = MagpieClient.start(TestClients.alice(gateway, listener))) {
            welcomed().push(message(1), message(2));
            Await.until(() -> heard.get() == 2, "both messages");
        }
    }

    @Test
    void aListenerMayWaitForAnAnswer() {
        var answered = new CountDownLatch(1);
        var client = new MagpieClient[1];
        var listener = new ClientListener() {
            @Override
            public void onMessage(ChatMessage message) {
                Await.value(client[0].unsent());
                answered.countDown();
            }
        };
        client[0] = MagpieClient.start(TestClients.alice(gateway, listener));
        try (var _ = client[0]) {
            welcomed().push(message(1));
            Await.until(() -> answered.getCount() == 0, "the answer");
        }
    }

    @Test
    void whatTheListenerHasNoTimeForWaitsInTheNetwork() {
        var hold = new CountDownLatch(1);
        var heard = new AtomicInteger();
        var listener = new ClientListener() {
            @Override
            public void onMessage(ChatMessage message) {
                try {
                    hold.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                heard.incrementAndGet();
            }
        };
        try (var _ = MagpieClient.start(TestClients.alice(gateway, listener).withStore(store))) {
            var connection = welcomed();
            for (var i = 0; i < 60; i++) {
                connection.push(messages(i * 1_000L + 1, (i + 1) * 1_000L));
            }
            Await.until(() -> store.positions().getOrDefault(CONVERSATION, 0L) >= 10_000, "a crowd");
            hold.countDown();
            Await.until(() -> heard.get() == 60_000, "all messages");
        }
    }

    @Test
    void handsOverReceipts() {
        try (var _ = MagpieClient.start(options())) {
            var receipt = Receipt.newBuilder()
                    .setConversationId(CONVERSATION)
                    .setUserId("bob")
                    .setDeliveredSequence(3)
                    .build();
            welcomed()
                    .write(new Push.Receipts(
                            ReceiptPush.newBuilder().addReceipts(receipt).build()));
            assertThat(Await.next(ears.receipts, "a receipt")).isEqualTo(receipt);
        }
    }

    private FakeConnection welcomed() {
        var connection = gateway.accept();
        connection.welcome();
        return connection;
    }
}
