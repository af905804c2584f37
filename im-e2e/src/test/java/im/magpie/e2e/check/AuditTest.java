package im.magpie.e2e.check;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.client.SentMessage;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.MessageContent;
import im.magpie.codec.protocol.TextContent;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A judge who overlooks things would let everything pass. */
class AuditTest {

    private static final String CONVERSATION = "private_alice_bob";

    private final List<Said> said =
            List.of(said("alice/phone", "a", 1), said("bob/laptop", "b", 2), said("alice/phone", "c", 3));

    @Test
    void findsNothingWhereNothingIsWrong() {
        var history = List.of(stored("alice", "a", 1), stored("bob", "b", 2), stored("alice", "c", 3));
        var audit = new Audit(said, history);
        audit.checkTimeline("bob/laptop", history);

        assertThat(audit.faults()).isEmpty();
    }

    @Test
    void findsLossAndHoles() {
        assertFaults(
                List.of(stored("alice", "a", 1), stored("alice", "c", 3)),
                "not dense: entry 2",
                "counted",
                "lost: \"b\"");
    }

    @Test
    void findsWhatIsStoredTwice() {
        assertFaults(
                List.of(stored("alice", "a", 1), stored("bob", "b", 2), stored("alice", "c", 3), stored("bob", "b", 4)),
                "stored twice: 4",
                "said once, stored twice: 2",
                "stored differently: \"b\"");
    }

    @Test
    void findsWhatNobodySaidAndWhoDidNotSayIt() {
        assertFaults(
                List.of(
                        stored("alice", "a", 1),
                        stored("mallory", "b", 2),
                        stored("alice", "c", 3),
                        stored("bob", "d", 4)),
                "stored differently: \"b\"",
                "nobody said: 4");
    }

    @Test
    void findsAMessageElsewhereThanItsSenderWasTold() {
        assertFaults(
                List.of(stored("bob", "b", 1), stored("alice", "a", 2), stored("alice", "c", 3)),
                "stored differently: \"a\"",
                "stored differently: \"b\"");
    }

    @Test
    void findsADeviceWhoseMessagesOvertookEachOther() {
        var audit = new Audit(
                List.of(said("alice/phone", "a", 2), said("alice/phone", "b", 1)),
                List.of(stored("alice", "b", 1), stored("alice", "a", 2)));

        assertThat(audit.faults()).singleElement().asString().startsWith("overtaken: \"a\"");
    }

    @Test
    void findsWhatWasNeverAcknowledged() {
        var open = new Said(CONVERSATION, "alice", "alice/phone", "a");

        assertThat(new Audit(List.of(open), List.of()).faults())
                .singleElement()
                .asString()
                .startsWith("not acknowledged");
    }

    @Test
    void findsDevicesThatHaveShownSomethingElse() {
        var history = List.of(stored("alice", "a", 1), stored("bob", "b", 2), stored("alice", "c", 3));
        for (var shown : List.of(
                history.subList(0, 2),
                history.subList(1, 3),
                List.of(history.get(0), history.get(2), history.get(1)),
                List.of(history.get(0), history.get(1), history.get(2), history.get(2)))) {
            var audit = new Audit(said, history);
            audit.checkTimeline("bob/laptop", shown);

            assertThat(audit.faults()).singleElement().asString().startsWith("diverged: bob/laptop");
        }
    }

    private void assertFaults(List<ChatMessage> history, String... beginnings) {
        var faults = new Audit(said, history).faults();
        assertThat(faults).hasSize(beginnings.length);
        for (var i = 0; i < beginnings.length; i++) {
            assertThat(faults.get(i)).startsWith(beginnings[i]);
        }
    }

    private static Said said(String device, String text, long sequence) {
        var said = new Said(CONVERSATION, device.split("/", -1)[0], device, text);
        said.acknowledged(new SentMessage(CONVERSATION, "id of " + text, CONVERSATION + ":" + sequence, sequence, 1));
        return said;
    }

    private static ChatMessage stored(String sender, String text, long sequence) {
        return ChatMessage.newBuilder()
                .setConversationId(CONVERSATION)
                .setSenderId(sender)
                .setClientMessageId("id of " + text)
                .setContent(MessageContent.newBuilder()
                        .setText(TextContent.newBuilder().setText(text)))
                .setSequence(sequence)
                .setOrdinal(sequence)
                .setServerTime(1)
                .build();
    }
}
