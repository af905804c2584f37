package im.magpie.store.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import im.magpie.common.broker.AcceptedMessage;
import im.magpie.fixture.Chat;
import im.magpie.fixture.Rows;
import im.magpie.fixture.StoreTest;
import im.magpie.store.message.StoreItem.EpochBarrier;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** What becomes of values that the database does not take. */
@StoreTest
class RefusedValueTest {

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
    void keepsThePlaceOfARefusedValueAndStoresTheRest() {
        var outcome = refusingPoison(() -> writer.write(chat.items(chat.message(1), poison(2), chat.message(3))));

        assertThat(outcome.committed())
                .extracting(it -> it.accepted().getSequence())
                .containsExactlyInAnyOrder(1L, 2L, 3L);
        assertThat(outcome.refused()).singleElement().satisfies(refusal -> {
            assertThat(message(refusal)).isEqualTo(poison(2));
            assertThat(refusal.reason()).contains("no_poison");
        });
        assertThat(rows.contents(chat)).containsExactly("message 1", "-", "message 3");
    }

    @Test
    void refusesAgainWhatItHasAPlaceholderFor() {
        var batch = chat.items(chat.message(1), poison(2));

        refusingPoison(() -> {
            writer.write(batch);
            assertThat(writer.write(batch).refused()).hasSize(1);
            return true;
        });

        assertThat(rows.contents(chat)).containsExactly("message 1", "-");
    }

    @Test
    void fillsAPlaceholderWhenItsMessageIsReplayed() {
        var batch = chat.items(poison(1));
        refusingPoison(() -> writer.write(batch));
        writer.write(List.of(new EpochBarrier(chat.partition(), 9)));

        var outcome = writer.write(batch);

        assertThat(outcome.stale()).as("even when its epoch is over").isEmpty();
        assertThat(rows.contents(chat)).containsExactly("poison for " + chat.conversationId());
    }

    @Test
    void hasNoPlaceForARefusedName() {
        var nameless = chat.message(2).toBuilder().setSenderId("j\u00f6rg").build();

        var outcome = writer.write(chat.items(chat.message(1), nameless, chat.message(3)));

        assertThat(outcome.committed())
                .as("nothing will come of waiting for it")
                .hasSize(3);
        assertThat(outcome.refused()).extracting(RefusedValueTest::message).containsExactly(nameless);
        assertThat(rows.sequences(chat)).containsExactly(1L, 3L);
    }

    @Test
    void refusesConversationsThatCanNotBeNamed() {
        var blank = chat.message(1).toBuilder()
                .setConversationId(chat.conversationId() + " ")
                .build();
        var endless = chat.message(1).toBuilder()
                .setConversationId("private_" + "x".repeat(500))
                .build();

        var outcome = writer.write(chat.items(chat.message(1), blank, endless));

        assertThat(outcome.refused()).extracting(RefusedValueTest::message).containsExactly(blank, endless);
        assertThat(rows.sequences(chat)).containsExactly(1L);
    }

    @Test
    void refusesWhatIsLargerThanAnyPacket() {
        var huge = chat.message(1).toBuilder()
                .setContent(ByteString.copyFrom(new byte[3 << 20]))
                .build();

        assertThat(writer.write(chat.items(huge, chat.message(2))).refused()).hasSize(1);
        assertThat(rows.contents(chat)).containsExactly("-", "message 2");
    }

    private AcceptedMessage poison(long sequence) {
        return chat.message(sequence, "poison for " + chat.conversationId());
    }

    /** Makes the database refuse {@link #poison} meanwhile. */
    private <T> T refusingPoison(Supplier<T> work) {
        database.execute("ALTER TABLE message ADD CONSTRAINT no_poison CHECK (content <> 'poison for %s')"
                .formatted(chat.conversationId()));
        try {
            return work.get();
        } finally {
            database.execute("ALTER TABLE message DROP CONSTRAINT no_poison");
        }
    }

    private static AcceptedMessage message(WriteOutcome.Refusal refusal) {
        return ((StoreItem.Message) refusal.item()).accepted();
    }
}
