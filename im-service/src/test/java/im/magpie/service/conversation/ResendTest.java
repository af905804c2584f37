package im.magpie.service.conversation;

import static im.magpie.service.conversation.Conversations.TALK;
import static im.magpie.service.conversation.Conversations.offer;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.service.conversation.Acceptance.Accepted;
import im.magpie.service.conversation.Acceptance.CheckAgain;
import im.magpie.service.conversation.Acceptance.Duplicate;
import im.magpie.service.testing.TestRedis;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Offers of senders who may not write any more. */
class ResendTest {

    private static final long MINUTE = 60_000;

    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    private final Conversations conversations = new Conversations(REDIS);

    @Test
    void getsTheFirstAnswer() {
        var offer = offer(conversations.id(0));
        var first = (Accepted) conversations.accept(offer);

        assertThat(conversations.accept(offer.with(Admission.RESEND)))
                .isEqualTo(new Duplicate(first.epoch(), first.sequence(), first.ordinal(), first.serverTime(), false));
        conversations.settle(List.of(offer.toMessage(first)));
        assertThat(conversations.accept(offer.with(Admission.RESEND)))
                .isEqualTo(new Duplicate(first.epoch(), first.sequence(), first.ordinal(), first.serverTime(), true));
    }

    @Test
    void isNeverAcceptedAndHoldsNobodyUp() {
        var unknown = offer(conversations.id(0)).with(Admission.RESEND);
        var old = offer(conversations.id(-30 * MINUTE)).with(Admission.RESEND);

        var acceptances = conversations.log.accept(List.of(unknown, old, offer(TALK, "bob", conversations.id(0))));

        assertThat(acceptances.subList(0, 2)).hasOnlyElementsOfType(CheckAgain.class);
        assertThat(acceptances.getLast()).isInstanceOf(Accepted.class);
        assertThat(conversations.hash("body")).hasSize(1);
    }

    @Test
    void isFoundInTheStoreOnceItsMarkHasServed() {
        var old = offer(conversations.id(-30 * MINUTE));
        var first = (Accepted) conversations.accept(old);
        var message = List.of(old.toMessage(first));
        conversations.settle(message);
        conversations.commit(message);
        conversations.redis.client().getKeys().deleteByPattern("{c:0}:*:mark:*");

        assertThat(conversations.accept(old.with(Admission.RESEND)))
                .isEqualTo(new Duplicate(first.epoch(), first.sequence(), first.ordinal(), first.serverTime(), true));
    }

    @Test
    void whatAnEpochGoneByNeverStoredIsCheckedAgain() {
        var offer = offer(conversations.id(0));
        conversations.accept(offer);
        REDIS.flush();

        assertThat(conversations.accept(offer.with(Admission.RESEND))).isInstanceOf(CheckAgain.class);
    }
}
