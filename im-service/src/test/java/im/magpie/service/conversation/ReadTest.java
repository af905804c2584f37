package im.magpie.service.conversation;

import static im.magpie.service.conversation.Conversations.TALK;
import static im.magpie.service.conversation.Conversations.offer;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import im.magpie.common.broker.AcceptedMessage;
import im.magpie.service.conversation.Acceptance.Accepted;
import im.magpie.service.testing.TestRedis;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReadTest {

    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    private static final long NEWEST = Long.MAX_VALUE;

    private final Conversations conversations = new Conversations(REDIS);

    private WindowPage read(long after, long to, int limit) {
        return conversations
                .log
                .read(List.of(new WindowRange(TALK, after, to, limit)))
                .getFirst();
    }

    @Test
    void readsWhatIsConfirmedAndNoFurther() {
        var messages = conversations.accepted(5);
        conversations.confirm(messages.subList(0, 3));
        assertThat(read(0, NEWEST, 100))
                .isEqualTo(new WindowPage(new Head(3, 3), 3, messages.subList(0, 3), List.of()));
        assertThat(read(1, 5, 100)).isEqualTo(new WindowPage(new Head(3, 3), 3, messages.subList(1, 3), List.of()));
        assertThat(read(1, 2, 100)).isEqualTo(new WindowPage(new Head(3, 3), 2, messages.subList(1, 2), List.of()));
        assertThat(read(0, NEWEST, 2)).isEqualTo(new WindowPage(new Head(3, 3), 2, messages.subList(0, 2), List.of()));
        assertThat(read(3, NEWEST, 100)).isEqualTo(new WindowPage(new Head(3, 3), 3, List.of(), List.of()));
        assertThat(read(9, NEWEST, 100).messages()).isEmpty();
    }

    /** So it is asked for who may read nothing yet. */
    @Test
    void aRangeThatEndsBeforeTheFirstPlaceHasNothing() {
        conversations.settle(conversations.accepted(3));
        assertThat(read(0, 0, 1)).isEqualTo(new WindowPage(new Head(3, 3), 0, List.of(), List.of()));
    }

    @Test
    void leavesToTheStoreWhatIsBelowTheWindow() {
        var messages = conversations.accepted(250);
        conversations.settle(messages);
        conversations.commit(messages);
        assertThat(read(40, 60, 100))
                .isEqualTo(new WindowPage(new Head(250, 250), 60, messages.subList(50, 60), List.of()));
    }

    @Test
    void loadsTheHeadOfAConversationThatNobodyHasUsed() {
        conversations.stored(TALK, conversations.id(0), 9, conversations.now());
        assertThat(read(0, NEWEST, 100)).isEqualTo(new WindowPage(new Head(9, 9), 9, List.of(), List.of()));
        assertThat(conversations.raised).containsExactly(TALK);
    }

    @Test
    void readsManyRangesInTheirOrder() {
        var ranges = new ArrayList<WindowRange>();
        for (var i = 0; i < 30; i++) {
            var conversation = new ConversationKey("app", "private_alice_" + i);
            conversations.settle(conversations.accepted(conversation, i + 1));
            ranges.add(new WindowRange(conversation, 0, NEWEST, 100));
        }
        var pages = conversations.log.read(ranges);
        for (var i = 0; i < 30; i++) {
            assertThat(pages.get(i).messages()).hasSize(i + 1);
            assertThat(pages.get(i).messages())
                    .extracting(AcceptedMessage::getConversationId)
                    .containsOnly("private_alice_" + i);
        }
    }

    @Test
    void endsAPageEarlyWhenItsBodiesAreLarge() {
        var content = ByteString.copyFrom(new byte[30_000]);
        var messages = new ArrayList<AcceptedMessage>();
        for (var i = 0; i < 120; i++) {
            var offer = new Offer(
                    new MessageKey(
                            TALK, "alice", offer(conversations.id(0)).key().clientMessageId()),
                    content,
                    0,
                    Origin.NONE,
                    Admission.BOUNDED);
            messages.add(offer.toMessage((Accepted) conversations.accept(offer)));
        }
        conversations.settle(messages);
        var page = read(0, NEWEST, 1_000);
        assertThat(page.to()).isEqualTo(50);
        assertThat(page.messages()).isEqualTo(messages.subList(0, 50));
    }

    @Test
    void knowsTheOrdinalAtASequence() {
        var messages = conversations.accepted(250);
        conversations.settle(messages);
        conversations.commit(messages);
        assertThat(conversations.log.ordinalAt(TALK, 0)).isZero();
        assertThat(conversations.log.ordinalAt(TALK, 10)).as("from the store").isEqualTo(10);
        assertThat(conversations.log.ordinalAt(TALK, 240)).as("from the window").isEqualTo(240);
        assertThat(conversations.log.ordinalAt(TALK, 300)).as("above the head").isEqualTo(250);
    }

    @Test
    void takesTheOrdinalBelowANumberThatNobodyHas() {
        conversations.stored(TALK, conversations.id(0), 3, conversations.now());
        conversations.stored(TALK, conversations.id(0), 5, conversations.now());
        assertThat(conversations.log.ordinalAt(TALK, 4)).isEqualTo(3);
        assertThat(conversations.log.ordinalAt(TALK, 2)).isZero();
    }

    @Test
    void countsWhatHasOutlivedItsRetentionAsRead() {
        for (var sequence = 1; sequence <= 3; sequence++) {
            conversations.stored(TALK, conversations.id(0), sequence, conversations.now());
        }
        conversations.stored(TALK, conversations.id(0), 900, conversations.now());
        conversations.stored(TALK, conversations.id(0), 901, conversations.now());
        conversations.store.outlive(TALK.appId(), TALK.conversationId(), 3);

        assertThat(conversations.log.ordinalAt(TALK, 1)).isEqualTo(3);
        assertThat(conversations.log.ordinalAt(TALK, 3)).isEqualTo(3);
        assertThat(conversations.log.ordinalAt(TALK, 890)).isEqualTo(3);
        assertThat(conversations.log.ordinalAt(TALK, 900)).isEqualTo(900);
    }
}
