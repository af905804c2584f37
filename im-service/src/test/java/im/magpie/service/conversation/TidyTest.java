package im.magpie.service.conversation;

import static im.magpie.service.conversation.Conversations.PARTITION;
import static im.magpie.service.conversation.Conversations.TALK;
import static im.magpie.service.conversation.Conversations.offer;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.common.broker.AcceptedMessage;
import im.magpie.service.conversation.Acceptance.Accepted;
import im.magpie.service.testing.TestRedis;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TidyTest {

    private static final Duration IDLE = Duration.ofMinutes(61);
    private static final long TEN_MINUTES = 600_000;

    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    private final Conversations conversations = new Conversations(REDIS);

    private List<AcceptedMessage> settledAndCommitted(ConversationKey conversation, int count) {
        var messages = conversations.accepted(conversation, count);
        conversations.settle(messages);
        conversations.commit(messages);
        return messages;
    }

    @Test
    void letsGoAnIdleConversationWithItsWindow() {
        settledAndCommitted(TALK, 250);
        conversations.age(TALK, IDLE);
        conversations.log.tidy(0);
        assertThat(conversations.hash("head")).isEmpty();
        assertThat(conversations.hash("body")).isEmpty();

        assertThat(conversations.accept(offer(conversations.id(0))))
                .isInstanceOfSatisfying(
                        Accepted.class, next -> assertThat(next.sequence()).isEqualTo(251));
    }

    @Test
    void keepsAConversationThatWasUsedWithinAnHour() {
        settledAndCommitted(TALK, 1);
        conversations.age(TALK, Duration.ofMinutes(59));
        conversations.log.tidy(0);
        assertThat(conversations.hash("head")).hasSize(1);
    }

    @Test
    void keepsAConversationThatIsNotFinished() {
        var unconfirmed = new ConversationKey("app", "private_a_unconfirmed");
        var pending = new ConversationKey("app", "private_a_pending");
        var uncommitted = new ConversationKey("app", "private_a_uncommitted");
        conversations.commit(conversations.accepted(unconfirmed, 1));
        var confirmed = conversations.accepted(pending, 1);
        conversations.confirm(confirmed);
        conversations.commit(confirmed);
        conversations.settle(conversations.accepted(uncommitted, 1));

        List.of(unconfirmed, pending, uncommitted).forEach(key -> conversations.age(key, IDLE));
        conversations.log.tidy(0);
        assertThat(conversations.hash("head")).hasSize(3);
        assertThat(conversations.hash("body")).hasSize(3);
    }

    @Test
    void takesAFewAtATime() {
        for (var i = 0; i < 10; i++) {
            var conversation = new ConversationKey("app", "private_alice_" + i);
            settledAndCommitted(conversation, 150);
            conversations.age(conversation, IDLE);
        }
        assertThat(conversations.log.tidy(0)).as("more to do").isTrue();
        assertThat(conversations.hash("head")).hasSize(4);
        assertThat(conversations.log.tidy(0)).isFalse();
        assertThat(conversations.hash("head")).isEmpty();
        assertThat(conversations.hash("body")).isEmpty();
    }

    @Test
    void dropsMarksThatHaveServed() {
        var bucket = conversations.now() / TEN_MINUTES;
        conversations.text("buckets").put(Long.toString(bucket - 3), "0");
        conversations.text("buckets").put(Long.toString(bucket - 4), "1");
        conversations.text("buckets").put(Long.toString(bucket - 1), "0");
        for (var age : new int[] {1, 3, 4}) {
            conversations.text("mark:" + (bucket - age)).put("name", "place");
        }
        conversations.log.tidy(0);
        assertThat(conversations.text("buckets").keySet())
                .containsExactlyInAnyOrder(Long.toString(bucket - 4), Long.toString(bucket - 1));
        var keys = conversations.redis.client().getKeys();
        assertThat(keys.countExists(PARTITION.key(conversations.epoch(), "mark:" + (bucket - 3))))
                .isZero();
        assertThat(keys.countExists(PARTITION.key(conversations.epoch(), "mark:" + (bucket - 4))))
                .isEqualTo(1);
    }
}
