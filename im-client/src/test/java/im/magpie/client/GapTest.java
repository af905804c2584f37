package im.magpie.client;

import static im.magpie.client.testing.TestClients.CONVERSATION;
import static im.magpie.client.testing.TestClients.message;
import static im.magpie.client.testing.TestClients.messages;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.client.testing.Ears;
import im.magpie.client.testing.FakeConnection;
import im.magpie.client.testing.FakeGateway;
import im.magpie.client.testing.TestClients;
import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.PullReply;
import im.magpie.codec.protocol.PulledRange;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Messages that come before others, and others that do not come at all. */
class GapTest {

    private static final Duration NEVER = Duration.ofHours(1);

    private final FakeGateway gateway = new FakeGateway();
    private final Ears ears = new Ears();

    @AfterEach
    void close() {
        gateway.close();
    }

    private ClientOptions options() {
        return TestClients.alice(gateway, ears);
    }

    private ClientOptions withGap(Duration gap) {
        return options().withTimings(TestClients.QUICK.withGap(gap));
    }

    @Test
    void holdsBackWhatComesEarly() {
        try (var _ = MagpieClient.start(withGap(NEVER))) {
            var connection = welcomed();
            connection.push(message(1));
            assertThat(connection.acknowledged()).isEqualTo(1);
            connection.push(message(4));
            connection.push(message(3));
            connection.push(message(2));
            assertThat(ears.texts(4)).containsExactly("1", "2", "3", "4");
            // What came early was not acknowledged.
            assertThat(connection.acknowledged()).isEqualTo(4);
        }
    }

    @Test
    void pullsWhatIsMissingWhenTheGapDoesNotClose() {
        try (var _ = MagpieClient.start(options())) {
            var connection = welcomed();
            connection.push(message(1));
            connection.acknowledged();
            connection.push(message(4));
            var pull = connection.next(Request.Pull.class);
            var range = pull.body().getRanges(0);
            assertThat(range.getConversationId()).isEqualTo(CONVERSATION);
            assertThat(range.getAfterSequence()).isEqualTo(1);
            assertThat(range.getToSequence()).isEqualTo(4);
            // It ends early, and 2 is a number that no message has.
            connection.write(pulled(pull, 1, 3, message(3)));
            assertThat(ears.texts(3)).containsExactly("1", "3", "4");
            assertThat(connection.acknowledged()).isEqualTo(4);
        }
    }

    @Test
    void pullsAgainAfterAPauseWhenAPullFailsOrBringsNothing() {
        try (var _ = MagpieClient.start(options())) {
            var connection = welcomed();
            connection.push(message(1));
            connection.acknowledged();
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
            connection.acknowledged();
            var early = Stream.of(messages(3, 1_103));
            connection.push(Stream.concat(early, Stream.of(message(2))).toArray(ChatMessage[]::new));
            // 1,000 had room: up to 1,002.
            assertThat(connection.acknowledged()).isEqualTo(1_002);
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

    private FakeConnection welcomed() {
        var connection = gateway.accept();
        connection.welcome();
        return connection;
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
