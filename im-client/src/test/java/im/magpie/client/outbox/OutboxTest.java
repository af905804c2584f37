package im.magpie.client.outbox;

import static im.magpie.client.testing.TestClients.CONVERSATION;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.client.connection.Link;
import im.magpie.client.store.MemoryClientStore;
import im.magpie.client.testing.TestClients;
import im.magpie.codec.packet.Reply;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.SendRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the outbox does without a connection; the rest is tested over one. */
class OutboxTest {

    private final MemoryClientStore store = new MemoryClientStore();
    private final List<Reply> answers = new ArrayList<>();
    private final Outbox outbox = newOutbox();

    private Outbox newOutbox() {
        return new Outbox(store, TestClients.QUICK, (_, _) -> {});
    }

    private static SendRequest message(int id) {
        return SendRequest.newBuilder()
                .setConversationId(CONVERSATION)
                .setClientMessageId(Integer.toString(id))
                .build();
    }

    @Test
    void remembersWhatItTakesIn() {
        outbox.add(message(1), answers::add);
        outbox.add(message(2), answers::add);
        assertThat(outbox.size()).isEqualTo(2);
        assertThat(store.queued()).containsExactly(message(1), message(2));
        assertThat(answers).isEmpty();
    }

    @Test
    void goesOnWithWhatIsInTheStore() {
        outbox.add(message(1), answers::add);
        assertThat(newOutbox().size()).isEqualTo(1);
    }

    @Test
    void refusesMoreThanItsBound() {
        for (var i = 0; i < Outbox.MOST; i++) {
            outbox.add(message(i), answers::add);
        }
        assertThat(answers).isEmpty();
        outbox.add(message(Outbox.MOST), answers::add);
        assertThat(answers)
                .singleElement()
                .isInstanceOfSatisfying(
                        Reply.Failure.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.BUSY));
        assertThat(store.queued()).hasSize(Outbox.MOST);
    }

    @Test
    void leavesInTheStoreWhatItAbandons() {
        outbox.add(message(1), answers::add);
        var why = Link.noAnswer("the client is closed");
        outbox.abandon(why);
        assertThat(answers).containsExactly(why);
        assertThat(outbox.size()).isZero();
        assertThat(store.queued()).containsExactly(message(1));
    }
}
