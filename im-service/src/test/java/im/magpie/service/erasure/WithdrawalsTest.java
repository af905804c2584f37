package im.magpie.service.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import im.magpie.codec.content.Contents;
import im.magpie.codec.id.UuidV7;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.MessageContent;
import im.magpie.codec.protocol.Reaction;
import im.magpie.common.user.UserKey;
import im.magpie.service.conversation.ConversationKey;
import im.magpie.service.conversation.Offer;
import java.util.List;
import org.junit.jupiter.api.Test;

class WithdrawalsTest {

    private static final UserKey ALICE = new UserKey("app", "alice");
    private static final ConversationKey TALK = new ConversationKey("app", "private_alice_bob");
    private static final long TIME = 1_700_000_000_000L;

    @Test
    void whatTheUserHasSaidIsRecalledAndWhatHeReactedWithIsRemoved() {
        var changes = of(
                said("alice", 1, Contents.text("mine")),
                said("bob", 2, Contents.text("his")).toBuilder()
                        .addReactions(
                                Reaction.newBuilder().setEmoji("👍").setCount(2).setMine(true))
                        .addReactions(Reaction.newBuilder().setEmoji("🎉").setCount(1))
                        .build());

        assertThat(changes)
                .extracting(WithdrawalsTest::content)
                .containsExactly(Contents.recall(1), Contents.reaction(2, "👍", true));
        assertThat(changes).extracting(Offer::target).containsExactly(1L, 2L);
        assertThat(changes).extracting(change -> change.key().senderId()).containsOnly("alice");
    }

    @Test
    void whatSaysNothingAnyMoreIsLeftAlone() {
        assertThat(of(
                        said("alice", 1, MessageContent.getDefaultInstance()).toBuilder()
                                .clearContent()
                                .setRecalled(true)
                                .build(),
                        said("alice", 2, Contents.recall(1)),
                        said("alice", 3, MessageContent.getDefaultInstance()).toBuilder()
                                .clearContent()
                                .build(),
                        said("bob", 4, Contents.text("his"))))
                .isEmpty();
    }

    @Test
    void aChangeHasTheSameNameAgainAndNoOtherHasIt() {
        var some = new ChatMessage[] {said("alice", 1, Contents.text("one")), said("alice", 2, Contents.text("two"))};
        assertThat(of(some)).isEqualTo(of(some)).doesNotHaveDuplicates();
        assertThat(of(some).get(0).key()).isNotEqualTo(of(some).get(1).key());
        assertThat(UuidV7.timeMillis(
                        UuidV7.fromBytes(of(some).get(0).key().clientMessageId().toByteArray())))
                .isEqualTo(TIME);
        assertThat(Withdrawals.renamed(of(some).get(0)).key())
                .isNotEqualTo(of(some).get(0).key());
    }

    private static List<Offer> of(ChatMessage... messages) {
        return Withdrawals.of(ALICE, TALK, List.of(messages), TIME, 0);
    }

    private static ChatMessage said(String by, long sequence, MessageContent content) {
        return ChatMessage.newBuilder()
                .setConversationId(TALK.conversationId())
                .setSenderId(by)
                .setSequence(sequence)
                .setContent(content)
                .build();
    }

    private static MessageContent content(Offer change) {
        try {
            return MessageContent.parseFrom(change.content());
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
