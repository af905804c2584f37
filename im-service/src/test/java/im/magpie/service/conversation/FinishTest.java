package im.magpie.service.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.service.testing.TestRedis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FinishTest {

    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    private final Conversations conversations = new Conversations(REDIS);

    @Test
    void endsThePendingRecordAndKeepsTheBody() {
        var messages = conversations.accepted(2);
        conversations.settle(messages);
        assertThat(conversations.pending().readAll()).isEmpty();
        assertThat(conversations.hash("body")).hasSize(2);
        conversations.finish(messages);
    }

    @Test
    void keepsTheRecordOfWhatIsNotConfirmed() {
        var messages = conversations.accepted(2);
        conversations.confirm(messages.subList(0, 1));
        conversations.finish(messages);
        assertThat(conversations.pending().readAll()).containsExactly("app/private_alice_bob:2");
    }

    @Test
    void takesTheBodyBelowTheWindowThatWaitedForIt() {
        var messages = conversations.accepted(260);
        conversations.confirm(messages);
        conversations.finish(messages.subList(1, 260));
        conversations.commit(messages);
        assertThat(conversations.hash("body")).hasSize(201).containsKey("app/private_alice_bob:1");

        conversations.finish(messages.subList(0, 1));
        assertThat(conversations.hash("body")).hasSize(200).doesNotContainKey("app/private_alice_bob:1");
    }

    @Test
    void leavesAnUncommittedBodyWhereverItIs() {
        var messages = conversations.accepted(260);
        conversations.settle(messages);
        assertThat(conversations.hash("body")).hasSize(260);
    }
}
