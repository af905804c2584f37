package im.magpie.store.change;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import im.magpie.codec.content.Contents;
import im.magpie.codec.protocol.MessageContent;
import im.magpie.codec.protocol.Reaction;
import im.magpie.common.broker.AcceptedMessage;
import im.magpie.common.rpc.HistoryPage;
import im.magpie.common.rpc.HistoryQuery;
import im.magpie.common.rpc.HistoryRange;
import im.magpie.common.rpc.MessageState;
import im.magpie.common.rpc.ReactionName;
import im.magpie.common.rpc.StoredReaction;
import im.magpie.fixture.Chat;
import im.magpie.fixture.StoreTest;
import im.magpie.store.history.MessageHistoryProvider;
import im.magpie.store.message.BatchWriter;
import im.magpie.store.message.StoreItem;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Changes as they come out of a store queue, and what history says of the messages then. */
@StoreTest
class ChangesTest {

    private static final long CHANGES = 300;

    @Autowired
    private MessageHistoryProvider history;

    @Autowired
    private BatchWriter writer;

    private final Chat chat = Chat.withoutQueue();

    @Test
    void aMessageThatNobodyChangedHasNoState() {
        store(chat.message(1));
        assertThat(page().getStatesList()).isEmpty();
    }

    @Test
    void aRecallTakesTheContentAndStaysWhateverFollows() {
        store(text(1, "oh no"), change(2, Contents.recall(1)));
        assertThat(content(1)).isEmpty();
        assertThat(state(1)).isEqualTo(recalled(2).build());

        store(change(3, Contents.edit(1, Contents.text("oh yes"))));
        assertThat(content(1)).isEmpty();
        assertThat(state(1)).isEqualTo(recalled(3).setEditSequence(3).build());
    }

    @Test
    void theLastEditCountsInWhateverOrderTheyCome() {
        store(text(1, "first"));
        store(change(3, Contents.edit(1, Contents.text("third"))));
        store(change(2, Contents.edit(1, Contents.text("second"))));
        assertThat(content(1)).isEqualTo(Contents.text("third").toByteString());
        assertThat(state(1))
                .isEqualTo(MessageState.newBuilder()
                        .setSequence(1)
                        .setChangedSequence(3)
                        .setEditSequence(3)
                        .build());
    }

    @Test
    void whatAnEditSaysIsKeptWithTheMessageAlone() {
        store(text(1, "first"), change(2, Contents.edit(1, Contents.text("secret"))));
        assertThat(content(2))
                .isEqualTo(Contents.asRead(Contents.edit(1, Contents.text("secret")))
                        .toByteString());
        assertThat(content(2).toStringUtf8()).doesNotContain("secret");
    }

    /** Each change is one more user's reaction: whoever reads meanwhile finds as many as the last change that he is told of makes. */
    @Test
    void aMessageShowsTheChangesThatItNamesAlsoWhileMoreAreMade() {
        store(text(1, "well?"), change(2, "user 2", Contents.reaction(1, "👍", false)));
        var writing = CompletableFuture.runAsync(() -> LongStream.rangeClosed(3, CHANGES)
                .forEach(sequence -> store(change(sequence, "user " + sequence, Contents.reaction(1, "👍", false)))));
        var seen = 0L;
        while (seen < CHANGES) {
            var state = state(1);
            assertThat(state.getReactions(0).getCount()).isEqualTo(state.getChangedSequence() - 1);
            assertThat(state.getChangedSequence()).isGreaterThanOrEqualTo(seen);
            seen = state.getChangedSequence();
            // Fails here when the writer has failed, instead of waiting for it for ever.
            assertThat(writing.isCompletedExceptionally()).isFalse();
        }
    }

    @Test
    void reactionsAreCountedOncePerUserAndEmoji() {
        store(
                text(1, "well?"),
                change(2, "alice", Contents.reaction(1, "👍", false)),
                change(3, "bob", Contents.reaction(1, "👍", false)),
                change(4, "bob", Contents.reaction(1, "👍", false)),
                change(5, "bob", Contents.reaction(1, "🎉", false)),
                change(6, "bob", Contents.reaction(1, "🎉", true)));
        assertThat(state(1).getReactionsList())
                .containsExactly(Reaction.newBuilder()
                        .setEmoji("👍")
                        .setCount(2)
                        .setMine(true)
                        .build());
        assertThat(state(1).getChangedSequence()).isEqualTo(6);
    }

    @Test
    void anOlderReactionThatComesLateChangesNothing() {
        store(text(1, "well?"));
        store(change(3, "bob", Contents.reaction(1, "👍", true)));
        store(change(2, "bob", Contents.reaction(1, "👍", false)));
        assertThat(state(1).getReactionsList()).isEmpty();

        var asked = ReactionName.newBuilder()
                .setSequence(1)
                .setUserId("bob")
                .setEmoji("👍")
                .build();
        assertThat(pages(range().addReactions(asked)).getStates(0).getAskedList())
                .containsExactly(StoredReaction.newBuilder()
                        .setUserId("bob")
                        .setEmoji("👍")
                        .setChangedSequence(3)
                        .setRemoved(true)
                        .build());
    }

    @Test
    void aRepeatedDeliveryChangesNothing() {
        AcceptedMessage[] batch = {
            text(1, "first"),
            change(2, Contents.edit(1, Contents.text("second"))),
            change(3, "bob", Contents.reaction(1, "👍", false))
        };
        store(batch);
        var before = page();
        store(batch);
        assertThat(page()).isEqualTo(before);
    }

    @Test
    void aChangeOfWhatIsNotThereIsAnEntryLikeAnyOther() {
        store(change(2, Contents.recall(1)));
        assertThat(page().getMessagesList()).hasSize(1);
        assertThat(page().getStatesList()).isEmpty();
    }

    private void store(AcceptedMessage... messages) {
        assertThat(writer.write(chat.items(messages)).committed())
                .extracting(StoreItem.Message::accepted)
                .containsExactly(messages);
    }

    private AcceptedMessage text(long sequence, String text) {
        return chat.message(sequence).toBuilder()
                .setContent(Contents.text(text).toByteString())
                .build();
    }

    private AcceptedMessage change(long sequence, MessageContent content) {
        return change(sequence, "alice", content);
    }

    private AcceptedMessage change(long sequence, String sender, MessageContent content) {
        return chat.message(sequence).toBuilder()
                .setSenderId(sender)
                .setContent(content.toByteString())
                .setTarget(Contents.target(content))
                .build();
    }

    private static MessageState.Builder recalled(long changed) {
        return MessageState.newBuilder()
                .setSequence(1)
                .setChangedSequence(changed)
                .setRecalled(true);
    }

    private MessageState state(long sequence) {
        return page().getStatesList().stream()
                .filter(state -> state.getSequence() == sequence)
                .findAny()
                .orElseThrow();
    }

    private ByteString content(long sequence) {
        return page().getMessagesList().stream()
                .filter(message -> message.getSequence() == sequence)
                .findAny()
                .orElseThrow()
                .getContent();
    }

    private HistoryPage page() {
        return pages(range());
    }

    private HistoryPage pages(HistoryRange.Builder range) {
        return history.pull(HistoryQuery.newBuilder().addRanges(range).build()).getPages(0);
    }

    private HistoryRange.Builder range() {
        return HistoryRange.newBuilder()
                .setAppId(Chat.APP)
                .setConversationId(chat.conversationId())
                .setToSequence(100)
                .setLimit(100)
                .setReaderId("bob");
    }
}
