package im.magpie.service.conversation;

import static im.magpie.service.conversation.Conversations.TALK;
import static im.magpie.service.conversation.Conversations.offer;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.service.conversation.Acceptance.Accepted;
import im.magpie.service.conversation.Acceptance.Duplicate;
import im.magpie.service.conversation.Acceptance.Refused;
import im.magpie.service.testing.TestRedis;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DedupeTest {

    private static final long MINUTE = 60_000;
    private static final ConversationKey OTHER = new ConversationKey("app", "private_alice_carol");

    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    private final Conversations conversations = new Conversations(REDIS);

    @Test
    void aResendGetsTheFirstAnswerAndHearsWhetherItIsSettled() {
        var offer = offer(conversations.id(0));
        var first = (Accepted) conversations.accept(offer);
        var message = List.of(offer.toMessage(first));

        assertThat(conversations.accept(offer)).isEqualTo(duplicateOf(first, false));
        conversations.confirm(message);
        assertThat(conversations.accept(offer)).isEqualTo(duplicateOf(first, false));
        conversations.finish(message);
        assertThat(conversations.accept(offer)).isEqualTo(duplicateOf(first, true));
        assertThat(conversations.store.lookups()).isZero();
    }

    private static Duplicate duplicateOf(Accepted first, boolean settled) {
        return new Duplicate(first.epoch(), first.sequence(), first.ordinal(), first.serverTime(), settled);
    }

    @Test
    void theSameNameTwiceInACallIsOneMessage() {
        var offer = offer(conversations.id(0));
        var acceptances = conversations.log.accept(List.of(offer, offer, offer(conversations.id(0))));
        assertThat(acceptances).extracting(Conversations::sequence).containsExactly(1L, 1L, 2L);
        assertThat(acceptances.get(1)).isInstanceOf(Duplicate.class);
    }

    @Test
    void anIdIsOneSendersInOneConversation() {
        var id = conversations.id(0);
        var acceptances = conversations.log.accept(
                List.of(offer(TALK, "alice", id), offer(TALK, "bob", id), offer(OTHER, "alice", id)));
        assertThat(acceptances).hasOnlyElementsOfType(Accepted.class);
    }

    @Test
    void findsTheMarkOfAnIdThatIsAhead() {
        var offer = offer(conversations.id(9 * MINUTE + 50_000));
        conversations.accept(offer);
        assertThat(conversations.accept(offer)).isInstanceOf(Duplicate.class);
    }

    @Test
    void looksUpAnOldIdBeforeItIsAccepted() {
        var stored = conversations.stored(TALK, conversations.id(-30 * MINUTE), 5, conversations.now() - 20 * MINUTE);
        var old = offer(conversations.id(-30 * MINUTE));
        var resent = new Offer(
                new MessageKey(TALK, "alice", stored.getClientMessageId()),
                stored.getContent(),
                0,
                Origin.NONE,
                Admission.BOUNDED);

        var acceptances = conversations.log.accept(List.of(old, resent, offer(conversations.id(0))));

        assertThat(acceptances).extracting(Conversations::sequence).containsExactly(6L, 5L, 7L);
        assertThat(acceptances.get(1))
                .isEqualTo(new Duplicate(conversations.epoch(), 5, 5, stored.getServerTime(), true));
        assertThat(conversations.store.lookups()).isEqualTo(2);
        assertThat(conversations.accept(old)).isInstanceOf(Duplicate.class);
    }

    @Test
    void doesNotAcceptAnewWhatMayHaveOutlivedItsRetention() {
        var gone = conversations.stored(TALK, conversations.id(-90 * MINUTE), 1, conversations.now() - 80 * MINUTE);
        conversations.stored(TALK, conversations.id(-30 * MINUTE), 2, conversations.now() - 20 * MINUTE);
        conversations.store.outlive(TALK.appId(), TALK.conversationId(), 1);
        var resent = new Offer(
                new MessageKey(TALK, "alice", gone.getClientMessageId()),
                gone.getContent(),
                0,
                Origin.NONE,
                Admission.BOUNDED);

        var acceptances = conversations.log.accept(
                List.of(resent, offer(conversations.id(-60 * MINUTE)), offer(conversations.id(0))));

        assertThat(acceptances.getFirst()).isEqualTo(new Refused(ErrorCode.MESSAGE_OUTLIVED, Duration.ZERO));
        assertThat(acceptances.subList(1, 3))
                .extracting(Conversations::sequence)
                .containsExactly(3L, 4L);
        assertThat(conversations.log.acceptedBefore(List.of(resent.key()))).isEmpty();
    }

    @Test
    void looksUpAYoungIdThatAnEpochGoneByMayHaveAccepted() {
        var time = conversations.now() - MINUTE;
        var stored = conversations.stored(TALK, conversations.id(-MINUTE), 1, time);
        var resent = new Offer(
                new MessageKey(TALK, "alice", stored.getClientMessageId()),
                stored.getContent(),
                0,
                Origin.NONE,
                Admission.BOUNDED);
        assertThat(conversations.accept(resent)).isEqualTo(new Duplicate(conversations.epoch(), 1, 1, time, true));
    }

    @Test
    void looksUpNothingWhereNothingCanBeStored() {
        conversations.stored(OTHER, conversations.id(-60 * MINUTE), 1, conversations.now() - 60 * MINUTE);
        conversations.log.accept(List.of(offer(conversations.id(0)), offer(OTHER, "alice", conversations.id(0))));
        assertThat(conversations.store.lookups()).isZero();
    }

    @Test
    void aCommittedMessageThatIsNotSettledIsNoSettledDuplicate() {
        var old = offer(conversations.id(-30 * MINUTE));
        conversations.accepted(1);
        var second = (Accepted) conversations.accept(old);
        conversations.commit(List.of(old.toMessage(second)));
        // As if ten minutes had passed since both were accepted.
        conversations.redis.client().getKeys().deleteByPattern("{c:0}:*:mark:*");
        assertThat(conversations.accept(old)).isEqualTo(duplicateOf(second, false));
    }

    @Test
    void anEmptiedRedisCostsANewEpochOnly() {
        var offer = offer(conversations.id(0));
        var first = offer.toMessage((Accepted) conversations.accept(offer));
        conversations.store.store(first);
        REDIS.flush();

        var again = conversations.log.accept(List.of(offer, offer(conversations.id(0))));

        assertThat(again.getFirst()).isEqualTo(new Duplicate(2, 1, 1, first.getServerTime(), true));
        assertThat(again.getLast()).isInstanceOfSatisfying(Accepted.class, next -> {
            assertThat(next.sequence()).isEqualTo(2);
            assertThat(next.epoch()).isEqualTo(2);
        });
        assertThat(conversations.raised).containsExactly(TALK);
    }
}
