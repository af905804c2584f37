package im.magpie.service.conversation;

import static im.magpie.service.conversation.Conversations.TALK;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.service.testing.TestRedis;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CommittedTest {

    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    private final Conversations conversations = new Conversations(REDIS);

    private void assertBodies(int from, int to) {
        var expected = IntStream.rangeClosed(from, to).mapToObj(i -> TALK.field() + ":" + i);
        assertThat(conversations.hash("body").keySet()).containsExactlyInAnyOrderElementsOf(expected.toList());
    }

    @Test
    void countsOnceHoweverOftenItIsReported() {
        var messages = conversations.accepted(5);
        for (var i = 0; i < 3; i++) {
            conversations.commit(messages.subList(0, 3));
        }
        assertThat(conversations.text("uncommitted").keySet())
                .containsExactlyInAnyOrder("app/private_alice_bob:4", "app/private_alice_bob:5");
        assertThat(conversations.text("buckets").readAllValues()).containsExactly("2");
        conversations.commit(messages);
        assertThat(conversations.text("buckets").readAllValues()).containsExactly("0");
    }

    @Test
    void keepsTheNewestTwoHundred() {
        var messages = conversations.accepted(250);
        conversations.settle(messages);
        conversations.commit(messages);
        assertBodies(51, 250);

        var more = conversations.accepted(30);
        conversations.settle(more);
        assertBodies(51, 280);
        conversations.commit(more);
        assertBodies(81, 280);
    }

    @Test
    void letsGoNothingThatIsUncommittedOrPending() {
        var messages = conversations.accepted(450);
        conversations.settle(messages.subList(0, 300));
        conversations.commit(messages.subList(100, 450));
        var bodies = conversations.hash("body").keySet();
        assertThat(bodies).contains(TALK.field() + ":1", TALK.field() + ":100", TALK.field() + ":301");
        assertThat(bodies).doesNotContain(TALK.field() + ":101", TALK.field() + ":250");
        assertThat(bodies).hasSize(100 + 200);

        conversations.commit(messages.subList(0, 100));
        conversations.settle(messages.subList(300, 450));
        assertBodies(251, 450);
    }

    @Test
    void aChangeLeavesWithTheBodyThatItChanged() {
        var message = conversations.accepted(1).getFirst();
        var change = conversations.change(1);
        conversations.settle(List.of(message, change));
        assertThat(conversations.changes()).isEqualTo(1);
        conversations.commit(List.of(message, change));
        assertThat(conversations.changes()).isZero();
        assertBodies(2, 2);
    }

    @Test
    void aChangeStaysWithABodyThatHasToStay() {
        var message = conversations.accepted(1).getFirst();
        var change = conversations.change(1);
        conversations.confirm(List.of(message, change));
        conversations.finish(List.of(change));
        conversations.commit(List.of(message, change));
        assertThat(conversations.changes()).isEqualTo(1);
        conversations.log.tidy(0);
        assertThat(conversations.changes()).isEqualTo(1);
        assertBodies(1, 2);

        conversations.finish(List.of(message));
        conversations.log.tidy(0);
        assertThat(conversations.changes()).isZero();
        assertBodies(2, 2);
    }

    @Test
    void takesALargeReport() {
        var messages = conversations.accepted(2_300);
        conversations.settle(messages);
        conversations.commit(messages);
        assertBodies(2_101, 2_300);
        assertThat(conversations.text("uncommitted").size()).isZero();
    }
}
