package im.magpie.client;

import static im.magpie.client.testing.TestClients.CONVERSATION;
import static im.magpie.client.testing.TestClients.message;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.client.testing.Await;
import im.magpie.client.testing.BreakingStore;
import im.magpie.client.testing.Ears;
import im.magpie.client.testing.FakeConnection;
import im.magpie.client.testing.FakeGateway;
import im.magpie.client.testing.TestClients;
import im.magpie.codec.packet.Push;
import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.PullReply;
import im.magpie.codec.protocol.PulledRange;
import im.magpie.codec.protocol.Receipt;
import im.magpie.codec.protocol.ReceiptPush;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
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

    private ClientOptions withGap(Duration gap) {
        return options().withTimings(TestClients.QUICK.withGap(gap));
    }

    @Test
    void handsOverWhatIsPushedAndAcknowledgesIt() {
        try (var _ = MagpieClient.start(options())) {
            var connection = welcomed();
            connection.push(message(1), message(2));
            assertThat(ears.texts(2)).containsExactly("1", "2");
            assertThat(acknowledged(connection)).isEqualTo(2);
            assertThat(store.messages(CONVERSATION, 0, 9)).containsExactly(message(1), message(2));
        }
    }

    @Test
    void dropsDuplicatesAndAcknowledgesThemAgain() {
        try (var _ = MagpieClient.start(options())) {
            var connection = welcomed();
            connection.push(message(1));
            assertThat(acknowledged(connection)).isEqualTo(1);
            connection.push(message(1));
            assertThat(acknowledged(connection)).isEqualTo(1);
            connection.push(message(2));
            assertThat(ears.texts(2)).containsExactly("1", "2");
        }
    }

    @Test
    void holdsBackWhatComesEarly() {
        try (var _ = MagpieClient.start(withGap(NEVER))) {
            var connection = welcomed();
            connection.push(message(1));
            assertThat(acknowledged(connection)).isEqualTo(1);
            connection.push(message(4));
            connection.push(message(3));
            connection.push(message(2));
            assertThat(ears.texts(4)).containsExactly("1", "2", "3", "4");
            // What came early was not acknowledged.
            assertThat(acknowledged(connection)).isEqualTo(4);
        }
    }

    @Test
    void pullsWhatIsMissingWhenTheGapDoesNotClose() {
        try (var _ = MagpieClient.start(options())) {
            var connection = welcomed();
            connection.push(message(1));
            acknowledged(connection);
            connection.push(message(4));
            var pull = connection.next(Request.Pull.class);
            var range = pull.body().getRanges(0);
            assertThat(range.getConversationId()).isEqualTo(CONVERSATION);
            assertThat(range.getAfterSequence()).isEqualTo(1);
            assertThat(range.getToSequence()).isEqualTo(4);
            // It ends early, and 2 is a number that no message has.
            connection.write(pulled(pull, 1, 3, message(3)));
            assertThat(ears.texts(3)).containsExactly("1", "3", "4");
            assertThat(acknowledged(connection)).isEqualTo(4);
        }
    }

    @Test
    void pullsAgainAfterAPauseWhenAPullFailsOrBringsNothing() {
        try (var _ = MagpieClient.start(options())) {
            var connection = welcomed();
            connection.push(message(1));
            acknowledged(connection);
            connection.push(message(3));
            connection.refuse(connection.next(Request.Pull.class), ErrorCode.UNAVAILABLE);
            connection.write(pulled(connection.next(Request.Pull.class), 1, 1));
            connection.write(pulled(connection.next(Request.Pull.class), 1, 3, message(2), message(3)));
            assertThat(ears.texts(3)).containsExactly("1", "2", "3");
        }
    }

    @Test
    void whatMayNotBePulledDoesNotKeepTheRestFromBeingPulled() {
        try (var _ = MagpieClient.start(withGap(Duration.ofMillis(200)))) {
            var connection = welcomed();
            var forbidden = "private_alice_zoe";
            connection.push(message(forbidden, 1), message(1));
            connection.push(message(forbidden, 3), message(3));
            connection.next(Request.PushAcknowledgement.class);
            for (var left = true; left; ) {
                var pull = connection.next(Request.Pull.class);
                var ranges = pull.body().getRangesList();
                if (ranges.stream().anyMatch(range -> range.getConversationId().equals(forbidden))) {
                    connection.refuse(pull, ErrorCode.NOT_A_PARTICIPANT);
                } else {
                    connection.write(pulled(pull, 1, 3, message(2), message(3)));
                    left = false;
                }
            }
            assertThat(ears.texts(4)).containsExactly("1", "1", "2", "3");
        }
    }

    @Test
    void dropsWhatItHasNoRoomForAndPullsIt() {
        try (var _ = MagpieClient.start(options())) {
            var connection = welcomed();
            connection.push(message(1));
            acknowledged(connection);
            var early = Stream.of(messages(3, 1_103));
            connection.push(Stream.concat(early, Stream.of(message(2))).toArray(ChatMessage[]::new));
            // 1,000 had room: up to 1,002.
            assertThat(acknowledged(connection)).isEqualTo(1_002);
            var pull = connection.next(Request.Pull.class);
            assertThat(pull.body().getRanges(0).getAfterSequence()).isEqualTo(1_002);
            assertThat(pull.body().getRanges(0).getToSequence()).isEqualTo(1_103);
            connection.write(pulled(pull, 1_002, 1_103, messages(1_003, 1_103)));
            assertThat(ears.texts(1_103))
                    .isEqualTo(LongStream.rangeClosed(1, 1_103)
                            .mapToObj(Long::toString)
                            .toList());
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
            assertThat(acknowledged(second)).isEqualTo(1);
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

    private static long acknowledged(FakeConnection connection) {
        var ack = connection.next(Request.PushAcknowledgement.class).body();
        assertThat(ack.getPositionsList()).hasSize(1);
        assertThat(ack.getPositions(0).getConversationId()).isEqualTo(CONVERSATION);
        return ack.getPositions(0).getSequence();
    }

    private static ChatMessage[] messages(long from, long to) {
        return LongStream.rangeClosed(from, to).mapToObj(TestClients::message).toArray(ChatMessage[]::new);
    }

    private static Reply.PullOk pulled(Request.Pull pull, long after, long to, ChatMessage... messages) {
        return new Reply.PullOk(
                pull.requestId(),
                PullReply.newBuilder()
                        .addRanges(PulledRange.newBuilder()
                                .setConversationId(CONVERSATION)
                                .setAfterSequence(after)
                                .setToSequence(to)
                                .addAllMessages(List.of(messages)))
                        .build());
    }
}
