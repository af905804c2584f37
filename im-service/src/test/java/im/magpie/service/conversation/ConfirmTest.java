package im.magpie.service.conversation;

import static im.magpie.service.conversation.Confirmation.ALREADY;
import static im.magpie.service.conversation.Confirmation.CONFIRMED;
import static im.magpie.service.conversation.Confirmation.NOT_YET;
import static im.magpie.service.conversation.Conversations.TALK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.magpie.service.epoch.StaleEpochException;
import im.magpie.service.testing.TestRedis;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ConfirmTest {

    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    private final Conversations conversations = new Conversations(REDIS);

    private Head head() {
        return Objects.requireNonNull(conversations.log.heads(List.of(TALK)).get(TALK));
    }

    @Test
    void movesOverAContiguousRunInWhateverOrderItIsAskedFor() {
        var messages = conversations.accepted(4);
        assertThat(head()).isEqualTo(new Head(0, 0, 0, 1));
        assertThat(conversations.confirm(messages.subList(0, 3).reversed()))
                .containsExactly(CONFIRMED, CONFIRMED, CONFIRMED);
        assertThat(head()).isEqualTo(new Head(3, 3, 0, 1));
    }

    @Test
    void waitsAboveAHole() {
        var messages = conversations.accepted(4);
        assertThat(conversations.confirm(List.of(messages.get(0), messages.get(2))))
                .containsExactly(CONFIRMED, NOT_YET);
        assertThat(head()).isEqualTo(new Head(1, 1, 0, 1));
        assertThat(conversations.confirm(List.of(messages.get(1)))).containsExactly(CONFIRMED);
        assertThat(head())
                .as("nothing is remembered of what was above the hole")
                .isEqualTo(new Head(2, 2, 0, 1));
        assertThat(conversations.confirm(messages)).containsExactly(ALREADY, ALREADY, CONFIRMED, CONFIRMED);
    }

    @Test
    void neverMovesAboveWhatWasGivenOut() {
        conversations.settle(conversations.accepted(1));
        assertThat(conversations.log.confirm(0, conversations.epoch(), List.of(new Position(TALK, 2, 2))))
                .containsExactly(NOT_YET);
    }

    @Test
    void takesManyConversationsAndEntriesInACall() {
        var other = new ConversationKey("app", "private_alice_carol");
        var messages = conversations.accepted(1_200);
        messages.addAll(conversations.accepted(other, 1_200));
        assertThat(conversations.confirm(messages)).hasSize(2_400).containsOnly(CONFIRMED);
        assertThat(conversations.log.heads(List.of(TALK, other)).values()).containsOnly(new Head(1_200, 1_200, 0, 1));
    }

    @Test
    void whatWasLetGoWasConfirmed() {
        var messages = conversations.accepted(1);
        conversations.settle(messages);
        conversations.commit(messages);
        conversations.age(TALK, Duration.ofHours(2));
        conversations.log.tidy(0);
        assertThat(conversations.hash("head")).isEmpty();
        assertThat(conversations.confirm(messages)).containsExactly(ALREADY);
    }

    @Test
    void isStaleWhenTheEpochIsOver() {
        var epoch = conversations.epoch();
        var positions = Conversations.positions(conversations.accepted(1));
        REDIS.flush();
        assertThatThrownBy(() -> conversations.log.confirm(0, epoch, positions))
                .isInstanceOf(StaleEpochException.class);
    }
}
