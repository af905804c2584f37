package im.magpie.store.retention;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import im.magpie.codec.content.Contents;
import im.magpie.codec.id.UuidV7;
import im.magpie.codec.protocol.MessageContent;
import im.magpie.common.broker.AcceptedMessage;
import im.magpie.common.broker.SaidInRoom;
import im.magpie.common.database.Turn;
import im.magpie.common.retention.Retention;
import im.magpie.common.retention.RetentionSettings;
import im.magpie.common.rpc.ConversationHead;
import im.magpie.common.rpc.ConversationName;
import im.magpie.common.rpc.HeadsQuery;
import im.magpie.common.rpc.HistoryPage;
import im.magpie.common.rpc.HistoryQuery;
import im.magpie.common.rpc.HistoryRange;
import im.magpie.common.rpc.LookupQuery;
import im.magpie.common.rpc.StoredPosition;
import im.magpie.fixture.Chat;
import im.magpie.fixture.StoreTest;
import im.magpie.store.StoreProperties;
import im.magpie.store.history.MessageHistoryProvider;
import im.magpie.store.message.BatchWriter;
import im.magpie.store.message.StoreItem;
import im.magpie.store.retry.Term;
import im.magpie.store.room.RoomMessageMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.util.unit.DataSize;

/** What outlives its retention, and what history says of it then. A message an hour, from number 1 on. */
@StoreTest
class RetentionTest {

    private static final Instant BEGIN = Instant.parse("2025-01-01T00:00:00Z");
    private static final AtomicInteger APPS = new AtomicInteger();
    private static final int ROWS = 3;

    @Autowired
    private MessageHistoryProvider history;

    @Autowired
    private BatchWriter writer;

    @Autowired
    private RetentionMapper mapper;

    @Autowired
    private RoomMessageMapper rooms;

    @Autowired
    private Turn turn;

    @Autowired
    private TransactionOperations transactions;

    @Autowired
    private JdbcTemplate database;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final RetentionMeters meters = new RetentionMeters(registry);
    private final Chat chat = Chat.withoutQueue();
    private final String app = "retention-" + APPS.incrementAndGet();

    @Test
    void messagesGoWhenTheirTimeIsOver() {
        storeTexts(10);

        // The eighth is exactly a day old, and kept.
        deleteAt(hours(8 + 24));

        assertThat(sequences()).containsExactly(8L, 9L, 10L);
        assertThat(deleted("message")).isEqualTo(7);
        deleteAt(hours(9 + 24));
        assertThat(sequences()).containsExactly(9L, 10L);
    }

    @Test
    void nothingGoesOfAnAppThatKeepsItsMessages() {
        storeTexts(3);

        round(turn, hours(10_000), Retention.FOREVER).run(new Term());

        assertThat(sequences()).hasSize(3);
    }

    @Test
    void numbersGoOnWhereNothingIsLeft() {
        storeTexts(4);

        deleteAt(hours(1_000));

        assertThat(sequences()).isEmpty();
        assertThat(head())
                .isEqualTo(ConversationHead.newBuilder()
                        .setLastSequence(4)
                        .setLastOrdinal(4)
                        .setLastTime(hours(4).toEpochMilli())
                        .build());
        store(text(5).toBuilder().setServerTime(hours(1_001).toEpochMilli()).build());
        deleteAt(hours(1_002));
        assertThat(sequences()).containsExactly(5L);
        deleteAt(hours(1_026));
        assertThat(sequences()).isEmpty();
    }

    @Test
    void reactionsGoWithTheirMessagesAlsoThoseThatCameTooLate() {
        storeTexts(5);
        for (var i = 0; i < 2 * ROWS; i++) {
            store(change(6 + i, Contents.reaction(2, "emoji " + i, false)));
        }

        deleteAt(hours(3 + 24));

        assertThat(reactions()).isZero();
        assertThat(deleted("reaction")).isEqualTo(2 * ROWS);
        store(change(20, Contents.reaction(1, "👍", false)), change(21, Contents.reaction(4, "👍", false)));
        assertThat(reactions()).isEqualTo(2);
        deleteAt(hours(4 + 24));
        assertThat(reactions()).isEqualTo(1);
    }

    @Test
    void aPageSaysUpToWhereAConversationIsGone() {
        storeTexts(10);
        deleteAt(hours(8 + 24));

        assertThat(page(0, 5).getOutlivedSequence()).isEqualTo(7);
        assertThat(page(0, 5).getOutlivedOrdinal()).isEqualTo(7);
        assertThat(page(0, 5).getCompleteTo()).isEqualTo(5);
        assertThat(page(5, 10).getMessagesList())
                .extracting(AcceptedMessage::getSequence)
                .containsExactly(8L, 9L, 10L);
        assertThat(page(5, 10).getOutlivedSequence()).isEqualTo(7);
        assertThat(page(7, 10).getOutlivedSequence()).isZero();
    }

    @Test
    void aNameThatMayHaveGoneIsToldFromOneThatIsNew() {
        storeTexts(10);
        deleteAt(hours(8 + 24));
        var tenMinutes = Duration.ofMinutes(10);

        assertThat(lookup(text(7)))
                .isEqualTo(StoredPosition.newBuilder().setMayHaveOutlived(true).build());
        assertThat(lookup(text(8)).getSequence()).isEqualTo(8);
        assertThat(lookup(named(hours(7).plus(tenMinutes))).getMayHaveOutlived())
                .isTrue();
        assertThat(lookup(named(hours(7).plus(tenMinutes).plusMillis(1))))
                .isEqualTo(StoredPosition.getDefaultInstance());
    }

    @Test
    void theLagIsThatOfTheOldestMessageThatShouldBeGone() {
        storeTexts(3 * ROWS);
        var ended = new Term();
        ended.end();
        var round = round(turn, hours(1_000), new Retention(Duration.ofDays(1)));

        round.run(ended);
        round.run(ended);

        var lag = registry.get("magpie.store.retention.lag").timeGauge();
        assertThat(lag.value(TimeUnit.HOURS)).isEqualTo(1_000 - 24 - ROWS - 1);
        round.run(new Term());
        assertThat(lag.value(TimeUnit.HOURS)).isZero();
    }

    @Test
    void onlyOneStoreDeletes() {
        storeTexts(3);
        assertThat(turn.take()).isTrue();
        var other = new Turn(mapper, transactions);

        round(other, hours(1_000), new Retention(Duration.ofDays(1))).run(new Term());

        assertThat(sequences()).hasSize(3);
        assertThat(other.use(() -> {
                    throw new AssertionError("not its turn");
                }))
                .isFalse();
        database.update("UPDATE retention_turn SET ends_at = CURRENT_TIMESTAMP(3) - INTERVAL 1 SECOND");
        assertThat(other.take()).isTrue();
        assertThat(turn.take()).isFalse();
        database.update("UPDATE retention_turn SET ends_at = CURRENT_TIMESTAMP(3) - INTERVAL 1 SECOND");
        assertThat(turn.take()).isTrue();
    }

    @Test
    void whatRoomsKeepGoesWhenItsTimeIsOver() {
        for (var number = 1; number <= 2 * ROWS; number++) {
            var said = SaidInRoom.newBuilder()
                    .setAppId(app)
                    .setRoomId("live")
                    .setRun(1)
                    .setNumber(number)
                    .setClientMessageId(Chat.name(number))
                    .setKeepUntil(hours(number).toEpochMilli())
                    .build();
            writer.write(List.of(new StoreItem.Said(chat.partition(), 1, said)));
        }

        round(turn, hours(ROWS + 1), Retention.FOREVER).run(new Term());

        assertThat(database.queryForList(
                        "SELECT number FROM room_message WHERE app_id = ? ORDER BY number", Long.class, app))
                .containsExactly(5L, 6L);
        assertThat(deleted("room_message"))
                .as("with what other tests have left")
                .isGreaterThanOrEqualTo(4);
    }

    @Test
    void aRoundThatIsStoppedIsGoneOnWith() {
        storeTexts(3 * ROWS);
        var ended = new Term();
        ended.end();

        round(turn, hours(1_000), new Retention(Duration.ofDays(1))).run(ended);

        assertThat(sequences()).hasSize(2 * ROWS);
        deleteAt(hours(1_000));
        assertThat(sequences()).isEmpty();
    }

    private void deleteAt(Instant now) {
        round(turn, now, new Retention(Duration.ofDays(1))).run(new Term());
    }

    private RetentionRound round(Turn turn, Instant now, Retention retention) {
        var clock = Clock.fixed(now, ZoneOffset.UTC);
        var properties = properties();
        return new RetentionRound(
                mapper,
                turn,
                new Outlived(mapper, turn, meters, clock, properties),
                new OutlivedInRooms(rooms, turn, meters, clock, properties),
                meters,
                new RetentionSettings(Retention.FOREVER, Map.of(app, retention)),
                clock,
                properties);
    }

    private static StoreProperties properties() {
        var one = new StoreProperties.Batch(1, DataSize.ofBytes(1), Duration.ZERO);
        return new StoreProperties(
                one,
                1,
                new StoreProperties.Backoff(Duration.ZERO, Duration.ZERO),
                1,
                Duration.ZERO,
                new StoreProperties.Pull(1, one.bytes()),
                new StoreProperties.Retention(Duration.ofHours(1), ROWS, Duration.ZERO));
    }

    private void storeTexts(int count) {
        store(IntStream.rangeClosed(1, count).mapToObj(this::text).toArray(AcceptedMessage[]::new));
    }

    private AcceptedMessage text(int sequence) {
        return message(sequence, Contents.text("text " + sequence));
    }

    private AcceptedMessage change(int sequence, MessageContent content) {
        return message(sequence, content).toBuilder()
                .setTarget(Contents.target(content))
                .build();
    }

    private AcceptedMessage message(int sequence, MessageContent content) {
        return chat.message(sequence).toBuilder()
                .setAppId(app)
                .setClientMessageId(id(hours(sequence)))
                .setServerTime(hours(sequence).toEpochMilli())
                .setContent(content.toByteString())
                .build();
    }

    /** Returns a message of the chat that was never stored. */
    private AcceptedMessage named(Instant time) {
        return text(1).toBuilder().setClientMessageId(id(time)).build();
    }

    private static ByteString id(Instant time) {
        var bytes = UuidV7.toBytes(UuidV7.next(time::toEpochMilli));
        // The same time is the same name.
        return ByteString.copyFrom(bytes, 0, 6).concat(ByteString.copyFrom(new byte[10]));
    }

    private static Instant hours(int hours) {
        return BEGIN.plus(Duration.ofHours(hours));
    }

    private void store(AcceptedMessage... messages) {
        writer.write(List.<StoreItem>of(chat.items(messages).toArray(StoreItem[]::new)));
    }

    private HistoryPage page(long after, long to) {
        return history.pull(HistoryQuery.newBuilder()
                        .addRanges(HistoryRange.newBuilder()
                                .setAppId(app)
                                .setConversationId(chat.conversationId())
                                .setAfterSequence(after)
                                .setToSequence(to)
                                .setLimit(100))
                        .build())
                .getPages(0);
    }

    private StoredPosition lookup(AcceptedMessage message) {
        return history.lookup(
                        LookupQuery.newBuilder().addNames(Chat.nameOf(message)).build())
                .getPositions(0);
    }

    private ConversationHead head() {
        var name = ConversationName.newBuilder().setAppId(app).setConversationId(chat.conversationId());
        return history.heads(HeadsQuery.newBuilder().addConversations(name).build())
                .getHeads(0);
    }

    private List<Long> sequences() {
        return sequencesOf("message");
    }

    private int reactions() {
        return sequencesOf("reaction").size();
    }

    private List<Long> sequencesOf(String table) {
        return database.query(
                "SELECT sequence FROM %s JOIN conversation USING (conversation_key) WHERE app_id = ? ORDER BY sequence"
                        .formatted(table),
                (row, _) -> row.getLong(1),
                app);
    }

    private double deleted(String table) {
        return registry.get("magpie.store.retention")
                .tag("table", table)
                .counter()
                .count();
    }
}
