package im.magpie.service.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import im.magpie.codec.id.UuidV7;
import im.magpie.common.broker.AcceptedMessage;
import im.magpie.service.conversation.Acceptance.Accepted;
import im.magpie.service.conversation.Acceptance.BehindEvent;
import im.magpie.service.conversation.Acceptance.CheckAgain;
import im.magpie.service.conversation.Acceptance.Duplicate;
import im.magpie.service.testing.TestRedis;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The events by which a group's shape changes, and messages that were checked against it. */
class EventTest {

    private static final ConversationKey GROUP = new ConversationKey("app", "group_friends");

    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    private final Conversations conversations = new Conversations(REDIS, 2);

    private Offer message(long version) {
        return offer(conversations.id(0), version, Admission.BOUNDED);
    }

    private Offer event(long version) {
        return offer(conversations.id(0), version, Admission.EVENT);
    }

    private static Offer offer(UUID id, long version, Admission admission) {
        var key = new MessageKey(GROUP, "alice", ByteString.copyFrom(UuidV7.toBytes(id)));
        return new Offer(key, ByteString.copyFromUtf8("hello"), version, Origin.NONE, admission);
    }

    private Acceptance accept(Offer offer) {
        return conversations.accept(offer);
    }

    private AcceptedMessage accepted(Offer offer) {
        return offer.toMessage((Accepted) accept(offer));
    }

    private void confirm(AcceptedMessage message) {
        assertThat(conversations.confirm(List.of(message))).containsExactly(Confirmation.CONFIRMED);
    }

    private void commit(Offer offer) {
        conversations.commit(List.of(accepted(offer)));
    }

    @Test
    void followEachOtherVersionByVersion() {
        assertThat(accept(event(2))).isInstanceOf(CheckAgain.class);
        confirm(accepted(event(1)));
        assertThat(accept(event(1))).isInstanceOf(CheckAgain.class);
        assertThat(accept(event(2))).isInstanceOf(Accepted.class);
    }

    @Test
    void anEventThatComesAgainIsKnown() {
        var event = event(1);
        accept(event);

        assertThat(accept(event)).isInstanceOf(Duplicate.class);
    }

    @Test
    void aMessageIsAcceptedWithTheShapeThatIsThereAndNoOther() {
        confirm(accepted(event(1)));

        assertThat(accept(message(0))).isInstanceOf(CheckAgain.class);
        assertThat(accept(message(2))).isInstanceOf(CheckAgain.class);
        assertThat(accept(message(1))).isInstanceOf(Accepted.class);
    }

    /** Were it accepted, a loss of Redis might leave the store with it and without the event that allows it. */
    @Test
    void nothingIsAcceptedBehindAnEventThatIsNotConfirmed() {
        var event = accepted(event(1));

        assertThat(accept(message(1))).isInstanceOf(BehindEvent.class);
        assertThat(accept(message(0))).isInstanceOf(CheckAgain.class);
        assertThat(accept(event(2))).isInstanceOf(BehindEvent.class);

        confirm(event);

        assertThat(accept(message(1))).isInstanceOf(Accepted.class);
        assertThat(accept(event(2))).isInstanceOf(Accepted.class);
    }

    @Test
    void withinOneCallNothingPassesTheEventInFrontOfIt() {
        assertThat(conversations.log.accept(List.of(event(1), message(1), event(2), message(1))))
                .extracting(Object::getClass)
                .containsExactly(Accepted.class, BehindEvent.class, BehindEvent.class, BehindEvent.class);
    }

    @Test
    void takePlacesAndAreNotCounted() {
        confirm(accepted(event(1)));
        confirm(accepted(message(1)));
        var event = accepted(event(2));

        assertThat(event.getSequence()).isEqualTo(3);
        assertThat(event.getOrdinal()).isEqualTo(1);
    }

    @Test
    void areNotHeldUpWhereTooMuchIsUnderWay() {
        confirm(accepted(event(1)));
        confirm(accepted(message(1)));

        assertThat(accept(message(1))).isInstanceOf(Acceptance.Refused.class);
        assertThat(accept(event(2))).isInstanceOf(Accepted.class);
    }

    @Test
    void theShapeOutlivesItsEpochWhereItsEventWasStored() {
        commit(event(1));
        REDIS.flush();

        assertThat(accept(message(0))).isInstanceOf(CheckAgain.class);
        assertThat(accept(message(1))).isInstanceOf(Accepted.class);
    }

    @Test
    void anEventThatWasLostWithItsEpochComesAgain() {
        commit(event(1));
        var lost = event(2);
        accept(lost);
        REDIS.flush();

        assertThat(accept(message(2))).isInstanceOf(CheckAgain.class);
        confirm(accepted(lost));
        assertThat(accept(message(2))).isInstanceOf(Accepted.class);
    }

    @Test
    void aHeadTellsTheShape() {
        commit(event(1));

        assertThat(conversations.log.head(GROUP).shape()).isEqualTo(1);
    }
}
