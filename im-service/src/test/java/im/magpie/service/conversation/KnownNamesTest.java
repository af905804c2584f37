package im.magpie.service.conversation;

import static im.magpie.service.conversation.Conversations.TALK;
import static im.magpie.service.conversation.Conversations.offer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.broker.AcceptedMessage;
import im.magpie.common.error.MagpieException;
import im.magpie.service.testing.TestRedis;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class KnownNamesTest {

    private static final long MINUTE = 60_000;
    private static final ConversationKey OTHER = new ConversationKey("app", "private_alice_carol");

    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    private final Conversations conversations = new Conversations(REDIS);

    @Test
    void whatWasAcceptedIsKnownHoweverFarItIs() {
        var offer = offer(conversations.id(0));
        var message = List.of(offer.toMessage((Acceptance.Accepted) conversations.accept(offer)));

        assertKnown(offer.key());
        conversations.settle(message);
        assertKnown(offer.key());
        conversations.commit(message);
        assertKnown(offer.key());
        assertThat(conversations.store.lookups()).isZero();
    }

    @Test
    void aNameIsOfOneSenderInOneConversation() {
        var id = conversations.id(0);
        var offer = offer(id);
        conversations.accept(offer);
        var others = List.of(
                offer(TALK, "bob", id).key(),
                offer(OTHER, "alice", id).key(),
                offer(conversations.id(0)).key());

        assertThat(conversations.log.acceptedBefore(others)).isEmpty();
        assertThat(conversations.log.acceptedBefore(List.of())).isEmpty();
        assertThat(conversations.hash("body")).as("asking changes nothing").hasSize(1);
    }

    @Test
    void anOldIdIsLookedUp() {
        var stored = key(conversations.stored(TALK, conversations.id(-30 * MINUTE), 5, conversations.now() - MINUTE));
        var unknown = offer(conversations.id(-30 * MINUTE)).key();

        assertThat(conversations.log.acceptedBefore(List.of(unknown, stored, unknown)))
                .isEqualTo(Set.of(stored));
        assertThat(conversations.store.lookups()).isEqualTo(2);
    }

    @Test
    void aMarkThatHasServedIsMadeUpForByTheStore() {
        var old = offer(conversations.id(-30 * MINUTE));
        conversations.commit(List.of(old.toMessage((Acceptance.Accepted) conversations.accept(old))));
        conversations.redis.client().getKeys().deleteByPattern("{c:0}:*:mark:*");

        assertKnown(old.key());
    }

    @Test
    void whatAnEpochGoneByStoredIsKnown() {
        var offer = offer(conversations.id(0));
        conversations.store.store(offer.toMessage((Acceptance.Accepted) conversations.accept(offer)));
        REDIS.flush();

        assertKnown(offer.key());
        assertThat(conversations.raised).containsExactly(TALK);
    }

    @Test
    void nothingIsLookedUpWhereNothingCanBeStored() {
        conversations.stored(OTHER, conversations.id(-60 * MINUTE), 1, conversations.now() - 60 * MINUTE);
        var young = List.of(
                offer(conversations.id(0)).key(),
                offer(OTHER, "alice", conversations.id(0)).key());

        assertThat(conversations.log.acceptedBefore(young)).isEmpty();
        assertThat(conversations.store.lookups()).isZero();
    }

    @Test
    void aSilentStoreLeavesItOpen() {
        var marked = offer(conversations.id(0));
        conversations.accept(marked);
        conversations.store.down(true);

        assertKnown(marked.key());
        var old = List.of(offer(conversations.id(-30 * MINUTE)).key());
        assertThatThrownBy(() -> conversations.log.acceptedBefore(old))
                .isInstanceOfSatisfying(
                        MagpieException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
    }

    @Test
    void aCallMayBeOfAnySize() {
        var names = new ArrayList<MessageKey>();
        for (var i = 0; i < 2_100; i++) {
            names.add(offer(conversations.id(0)).key());
        }
        var accepted = offer(conversations.id(0));
        conversations.accept(accepted);
        names.add(accepted.key());

        assertThat(conversations.log.acceptedBefore(names)).isEqualTo(Set.of(accepted.key()));
    }

    private void assertKnown(MessageKey name) {
        assertThat(conversations.log.acceptedBefore(List.of(name))).isEqualTo(Set.of(name));
    }

    private static MessageKey key(AcceptedMessage message) {
        return new MessageKey(
                new ConversationKey(message.getAppId(), message.getConversationId()),
                message.getSenderId(),
                message.getClientMessageId());
    }
}
