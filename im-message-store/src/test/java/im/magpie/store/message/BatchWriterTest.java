package im.magpie.store.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import im.magpie.common.broker.AcceptedMessage;
import im.magpie.fixture.Chat;
import im.magpie.fixture.Rows;
import im.magpie.fixture.StoreTest;
import im.magpie.store.message.StoreItem.EpochBarrier;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

@StoreTest
class BatchWriterTest {

    @Autowired
    private BatchWriter writer;

    @Autowired
    private JdbcTemplate database;

    private final Chat chat = Chat.withoutQueue();
    private Rows rows;

    @BeforeEach
    void look() {
        rows = new Rows(database);
    }

    @Test
    void storesABatchAndRaisesItsConversation() {
        var outcome = writer.write(chat.items(chat.message(1), chat.message(2), chat.message(3)));

        assertThat(outcome.committed())
                .extracting(it -> it.accepted().getSequence())
                .containsExactly(1L, 2L, 3L);
        assertThat(outcome.stale()).isEmpty();
        assertThat(outcome.refused()).isEmpty();
        assertThat(rows.contents(chat)).containsExactly("message 1", "message 2", "message 3");
    }

    @Test
    void hasNothingToDoForAnEmptyBatch() {
        assertThat(writer.write(List.of()).committed()).isEmpty();
    }

    @Test
    void storesAgainWhatIsThereWithoutADouble() {
        var batch = chat.items(chat.message(1), chat.message(2));
        writer.write(batch);

        assertThat(writer.write(batch).committed()).hasSize(2);
        assertThat(rows.sequences(chat)).containsExactly(1L, 2L);
    }

    @Test
    void completesABatchOfWhichAPartIsThere() {
        writer.write(chat.items(chat.message(2)));

        assertThat(writer.write(chat.items(chat.message(1), chat.message(2), chat.message(3)))
                        .committed())
                .hasSize(3);
        assertThat(rows.sequences(chat)).containsExactly(1L, 2L, 3L);
    }

    @Test
    void storesOnceWhatABatchHoldsTwice() {
        assertThat(writer.write(chat.items(chat.message(1), chat.message(1), chat.message(2)))
                        .committed())
                .hasSize(3);
        assertThat(rows.sequences(chat)).containsExactly(1L, 2L);
    }

    @Test
    void refusesASequenceThatAnotherMessageHas() {
        writer.write(chat.items(chat.message(1)));
        var other =
                chat.message(1).toBuilder().setClientMessageId(Chat.name(77)).build();

        assertThatThrownBy(() -> writer.write(chat.items(chat.message(2), other)))
                .isInstanceOf(SequenceConflictException.class)
                .hasMessageContaining(chat.conversationId())
                .hasMessageContaining("sequence 1");
        assertThat(rows.sequences(chat)).containsExactly(1L);
    }

    @Test
    void refusesAMessageThatHasAnotherSequence() {
        writer.write(chat.items(chat.message(1)));
        var again = chat.message(1).toBuilder().setSequence(2).build();

        assertThatThrownBy(() -> writer.write(chat.items(again))).isInstanceOf(SequenceConflictException.class);
        assertThat(rows.sequences(chat)).containsExactly(1L);
    }

    @Test
    void toldApartByTheirSendersMessagesMayHaveOneId() {
        var other = chat.message(2).toBuilder()
                .setClientMessageId(Chat.name(1))
                .setSenderId("bob")
                .build();

        writer.write(chat.items(chat.message(1), other));

        assertThat(rows.sequences(chat)).containsExactly(1L, 2L);
    }

    @Test
    void neverLowersABarrier() {
        writer.write(List.of(new EpochBarrier(chat.partition(), 5)));
        writer.write(List.of(new EpochBarrier(chat.partition(), 3), new EpochBarrier(chat.partition(), 4)));

        assertThat(rows.barrier(chat.partition())).isEqualTo(5);
    }

    @Test
    void leavesOutWhatFollowsTheBarrierOfALaterEpoch() {
        var batch = new ArrayList<StoreItem>(chat.items(chat.message(1)));
        batch.add(new EpochBarrier(chat.partition(), 2));
        batch.addAll(chat.items(chat.message(2), chat.inEpoch(2).message(3)));

        var outcome = writer.write(batch);

        assertThat(outcome.committed())
                .extracting(it -> it.accepted().getSequence())
                .containsExactly(1L, 3L);
        assertThat(outcome.stale())
                .extracting(it -> it.accepted().getSequence())
                .containsExactly(2L);
        assertThat(rows.sequences(chat)).containsExactly(1L, 3L);
        assertThat(rows.epochs(chat)).containsExactly(1L, 2L);
    }

    @Test
    void takesALateMessageThatIsStoredForARepetition() {
        writer.write(chat.items(chat.message(1)));
        writer.write(List.of(new EpochBarrier(chat.partition(), 2)));

        var outcome = writer.write(chat.items(chat.message(1)));

        assertThat(outcome.stale()).isEmpty();
        assertThat(outcome.committed())
                .as("nothing to report of an epoch gone by")
                .isEmpty();
    }

    @Test
    void knowsALateRepetitionOfWhatTheSameBatchStores() {
        var batch = new ArrayList<StoreItem>(chat.items(chat.message(1)));
        batch.add(new EpochBarrier(chat.partition(), 2));
        batch.addAll(chat.items(chat.message(1), chat.message(2)));

        assertThat(writer.write(batch).stale())
                .extracting(it -> it.accepted().getSequence())
                .containsExactly(2L);
    }

    @Test
    void isNotStoppedByALateMessageWhoseSequenceWasGivenToAnother() {
        writer.write(List.of(new EpochBarrier(chat.partition(), 2)));
        var successor = chat.inEpoch(2).message(1).toBuilder()
                .setClientMessageId(Chat.name(99))
                .build();
        writer.write(chat.items(successor));

        assertThat(writer.write(chat.items(chat.message(1))).stale()).hasSize(1);
        assertThat(rows.epochs(chat)).containsExactly(2L);
    }

    @Test
    void storesABatchThatIsLargerThanAPacket() {
        var megabyte = chat.message(1).toBuilder().setContent(ByteString.copyFromUtf8("x".repeat(1 << 20)));
        var batch = LongStream.rangeClosed(1, 5)
                .mapToObj(sequence -> megabyte.setSequence(sequence)
                        .setClientMessageId(Chat.name(sequence))
                        .build())
                .toArray(AcceptedMessage[]::new);

        assertThat(writer.write(chat.items(batch)).refused()).isEmpty();
        assertThat(rows.sequences(chat)).hasSize(5);
    }

    @Test
    void twoConsumersOfOneQueueStoreABatchOnce() throws Exception {
        var batch = IntStream.rangeClosed(1, 500).mapToObj(chat::message).toArray(AcceptedMessage[]::new);
        Callable<WriteOutcome> write = () -> writer.write(chat.items(batch));
        try (var consumers = Executors.newFixedThreadPool(2)) {
            for (var outcome : consumers.invokeAll(List.of(write, write))) {
                assertThat(outcome.get().committed()).hasSize(500);
            }
        }
        assertThat(rows.sequences(chat)).hasSize(500);
    }
}
