package im.magpie.service.conversation;

import static im.magpie.service.conversation.Conversations.TALK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import im.magpie.service.testing.TestRedis;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HeadsTest {

    private static final ConversationKey OTHER = new ConversationKey("app", "private_alice_carol");
    private static final ConversationKey EMPTY = new ConversationKey("app", "private_alice_dave");

    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    private final Conversations conversations = new Conversations(REDIS);

    @Test
    void tellsHowFarConversationsCanBeRead() {
        conversations.stored(OTHER, conversations.id(0), 9, conversations.now());
        var messages = conversations.accepted(3);
        conversations.confirm(messages.subList(0, 2));
        assertThat(conversations.log.heads(List.of(TALK, OTHER, EMPTY, TALK)))
                .isEqualTo(
                        Map.of(TALK, new Head(2, 2, 0, 1), OTHER, new Head(9, 9, 0, 1), EMPTY, new Head(0, 0, 0, 1)));
        assertThat(conversations.raised).containsExactly(OTHER);
    }

    @Test
    void needsTheStoreOnceOnly() {
        conversations.log.heads(List.of(TALK));
        conversations.store.down(true);
        assertThat(conversations.log.heads(List.of(TALK))).containsEntry(TALK, new Head(0, 0, 0, 1));
        assertThatThrownBy(() -> conversations.log.heads(List.of(TALK, OTHER)))
                .isInstanceOfSatisfying(
                        MagpieException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
    }

    @Test
    void asksForNothingWhenNothingIsAsked() {
        assertThat(conversations.log.heads(List.of())).isEmpty();
    }
}
