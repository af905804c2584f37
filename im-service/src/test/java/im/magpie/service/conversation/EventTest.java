package im.magpie.service.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import im.magpie.codec.id.UuidV7;
import im.magpie.service.conversation.Acceptance.Accepted;
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

    private void commit(Offer offer) {
        conversations.commit(List.of(offer.toMessage((Accepted) accept(offer))));
    }

    @Test
    void followEachOtherVersionByVersion() {
        assertThat(accept(event(2))).isInstanceOf(CheckAgain.class);
        assertThat(accept(event(1))).isInstanceOf(Accepted.class);
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
        accept(event(1));

        assertThat(accept(message(0))).isInstanceOf(CheckAgain.class);
        assertThat(accept(message(2))).isInstanceOf(CheckAgain.class);
        assertThat(accept(message(1))).isInstanceOf(Accepted.class);
    }

    @Test
    void withinOneCallAMessageSeesTheEventInFrontOfIt() {
        assertThat(conversations.log.accept(List.of(event(1), message(1), event(2))))
                .hasOnlyElementsOfType(Accepted.class);
        assertThat(conversations.log.accept(List.of(event(3), message(2), event(4))))
                .extracting(acceptance -> acceptance instanceof Accepted)
                .containsExactly(true, false, false);
    }

    @Test
    void takePlacesAndAreNotCounted() {
        accept(event(1));
        accept(message(1));
        var event = (Accepted) accept(event(2));

        assertThat(event.sequence()).isEqualTo(3);
        assertThat(event.ordinal()).isEqualTo(1);
    }

    @Test
    void areNotHeldUpWhereTooMuchIsUnderWay() {
        accept(event(1));
        accept(message(1));

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
        assertThat(accept(lost)).isInstanceOf(Accepted.class);
        assertThat(accept(message(2))).isInstanceOf(Accepted.class);
    }

    @Test
    void aHeadTellsTheShape() {
        commit(event(1));

        assertThat(conversations.log.head(GROUP).shape()).isEqualTo(1);
    }
}
