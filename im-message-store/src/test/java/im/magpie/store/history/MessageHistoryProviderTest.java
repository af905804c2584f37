package im.magpie.store.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import im.magpie.common.broker.AcceptedMessage;
import im.magpie.common.rpc.BarrierQuery;
import im.magpie.common.rpc.ConversationHead;
import im.magpie.common.rpc.HeadsQuery;
import im.magpie.common.rpc.HistoryPage;
import im.magpie.common.rpc.HistoryQuery;
import im.magpie.common.rpc.HistoryRange;
import im.magpie.common.rpc.LookupQuery;
import im.magpie.common.rpc.StoredPosition;
import im.magpie.fixture.Chat;
import im.magpie.fixture.StoreTest;
import im.magpie.store.message.BatchWriter;
import im.magpie.store.message.StoreItem;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@StoreTest
class MessageHistoryProviderTest {

    @Autowired
    private MessageHistoryProvider history;

    @Autowired
    private BatchWriter writer;

    private final Chat chat = Chat.withoutQueue();
    private final Chat other = Chat.in(chat.partition());
    private final Chat empty = Chat.in(chat.partition());

    @Test
    void headsAreTheNewestPositionsInTheOrderOfTheQuery() {
        store(chat.message(1), chat.message(2).toBuilder().setShapeVersion(7).build());
        // Late in the queue, but not the newest.
        store(other.message(5), other.message(4));

        var heads = history.heads(HeadsQuery.newBuilder()
                        .addConversations(other.conversationName())
                        .addConversations(empty.conversationName())
                        .addConversations(chat.conversationName())
                        .build())
                .getHeadsList();

        assertThat(heads)
                .containsExactly(
                        ConversationHead.newBuilder()
                                .setLastSequence(5)
                                .setLastOrdinal(5)
                                .setLastTime(other.message(5).getServerTime())
                                .build(),
                        ConversationHead.getDefaultInstance(),
                        ConversationHead.newBuilder()
                                .setLastSequence(2)
                                .setLastOrdinal(2)
                                .setLastTime(chat.message(2).getServerTime())
                                .setShapeVersion(7)
                                .build());
    }

    @Test
    void aHeadHasTheNewestShapeWhicheverMessageBroughtIt() {
        store(chat.message(1), chat.message(2).toBuilder().setShapeVersion(7).build());
        store(chat.message(3), chat.message(4).toBuilder().setShapeVersion(6).build());

        var head = history.heads(HeadsQuery.newBuilder()
                        .addConversations(chat.conversationName())
                        .build())
                .getHeads(0);

        assertThat(head.getLastSequence()).isEqualTo(4);
        assertThat(head.getShapeVersion()).isEqualTo(7);
    }

    @Test
    void lookupFindsWhatIsStored() {
        store(chat.message(1), chat.message(2));

        var positions = history.lookup(LookupQuery.newBuilder()
                        .addNames(Chat.nameOf(chat.message(2)))
                        .addNames(Chat.nameOf(chat.message(3)))
                        .addNames(Chat.nameOf(empty.message(1)))
                        .addNames(Chat.nameOf(
                                chat.message(1).toBuilder().setSenderId("bob").build()))
                        .addNames(Chat.nameOf(chat.message(1)))
                        .build())
                .getPositionsList();

        var nowhere = StoredPosition.getDefaultInstance();
        assertThat(positions).containsExactly(position(2), nowhere, nowhere, nowhere, position(1));
    }

    @Test
    void lookupTakesAsManyNamesAsItIsAsked() {
        store(LongStream.rangeClosed(1, 1_200).mapToObj(chat::message).toArray(AcceptedMessage[]::new));
        var query = LookupQuery.newBuilder();
        LongStream.rangeClosed(1, 1_201).forEach(sequence -> query.addNames(Chat.nameOf(chat.message(sequence))));

        assertThat(history.lookup(query.build()).getPositionsList())
                .extracting(StoredPosition::getSequence)
                .startsWith(1L, 2L)
                .endsWith(1_200L, 0L);
    }

    @Test
    void pullReturnsARangeAsItWasAccepted() {
        store(chat.message(1), chat.message(2), chat.message(3), chat.message(4));

        var page = pull(range(chat, 1, 3, 100)).getFirst();

        assertThat(page.getMessagesList()).containsExactly(chat.message(2), chat.message(3));
        assertThat(page.getCompleteTo()).isEqualTo(3);
    }

    @Test
    void aPageIsCompleteAsFarAsItWasReadEvenPastHoles() {
        store(chat.message(1), chat.message(4));

        var page = pull(range(chat, 0, 9, 100)).getFirst();

        assertThat(page.getMessagesList()).containsExactly(chat.message(1), chat.message(4));
        assertThat(page.getCompleteTo()).isEqualTo(9);
    }

    @Test
    void aPageEndsAtItsLimit() {
        store(chat.message(1), chat.message(2), chat.message(3));

        var page = pull(range(chat, 0, 3, 2)).getFirst();

        assertThat(page.getMessagesList()).containsExactly(chat.message(1), chat.message(2));
        assertThat(page.getCompleteTo()).isEqualTo(2);
    }

    @Test
    void anAnswerEndsAtAThousandMessages() {
        store(LongStream.rangeClosed(1, 700).mapToObj(chat::message).toArray(AcceptedMessage[]::new));
        store(LongStream.rangeClosed(1, 700).mapToObj(other::message).toArray(AcceptedMessage[]::new));

        var pages = pull(range(chat, 0, 700, 5_000), range(other, 0, 700, 5_000), range(chat, 5, 9, 5));

        assertThat(pages).extracting(HistoryPage::getMessagesCount).containsExactly(700, 300, 0);
        assertThat(pages).extracting(HistoryPage::getCompleteTo).containsExactly(700L, 300L, 5L);
    }

    @Test
    void anAnswerEndsAtFourMegabytes() {
        store(LongStream.rangeClosed(1, 5).mapToObj(this::megabyte).toArray(AcceptedMessage[]::new));

        var page = pull(range(chat, 0, 5, 100)).getFirst();

        assertThat(page.getMessagesCount()).isEqualTo(4);
        assertThat(page.getCompleteTo()).isEqualTo(4);
    }

    @Test
    void anUnknownConversationIsEmptyAllTheWay() {
        var page = pull(range(empty, 3, 8, 10)).getFirst();

        assertThat(page.getMessagesList()).isEmpty();
        assertThat(page.getCompleteTo()).isEqualTo(8);
    }

    @Test
    void tellsTheHighestCommittedBarrier() {
        var query = BarrierQuery.newBuilder().setPartition(chat.partition()).build();
        assertThat(history.committedBarrier(query).getEpoch()).isZero();

        writer.write(List.of(new StoreItem.EpochBarrier(chat.partition(), 3)));

        assertThat(history.committedBarrier(query).getEpoch()).isEqualTo(3);
    }

    private AcceptedMessage megabyte(long sequence) {
        return chat.message(sequence).toBuilder()
                .setContent(ByteString.copyFromUtf8("x".repeat(1 << 20)))
                .build();
    }

    private StoredPosition position(long sequence) {
        return StoredPosition.newBuilder()
                .setSequence(sequence)
                .setOrdinal(sequence)
                .setServerTime(chat.message(sequence).getServerTime())
                .build();
    }

    private List<HistoryPage> pull(HistoryRange... ranges) {
        return history.pull(
                        HistoryQuery.newBuilder().addAllRanges(List.of(ranges)).build())
                .getPagesList();
    }

    private static HistoryRange range(Chat chat, long after, long to, int limit) {
        return HistoryRange.newBuilder()
                .setAppId(Chat.APP)
                .setConversationId(chat.conversationId())
                .setAfterSequence(after)
                .setToSequence(to)
                .setLimit(limit)
                .build();
    }

    private void store(AcceptedMessage... messages) {
        writer.write(chat.items(messages));
    }
}
