package im.magpie.store.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import im.magpie.common.broker.AcceptedMessage;
import im.magpie.common.broker.SaidInRoom;
import im.magpie.common.broker.StoreEnvelope;
import im.magpie.common.broker.StoreRecord;
import im.magpie.common.rpc.RoomErasure;
import im.magpie.common.rpc.RoomHistoryPage;
import im.magpie.common.rpc.RoomHistoryQuery;
import im.magpie.common.rpc.RoomPlace;
import im.magpie.common.rpc.SaidByQuery;
import im.magpie.fixture.Chat;
import im.magpie.fixture.FakeService;
import im.magpie.fixture.Rows;
import im.magpie.fixture.StoreTest;
import im.magpie.fixture.TestBroker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** What rooms keep, from the store queue to who reads it. */
@StoreTest
class KeptInRoomsTest {

    private static final long FOR_LONG = 9_000_000_000_000L;
    private static final AtomicInteger ROOMS = new AtomicInteger();

    private final TestBroker broker = TestBroker.shared();
    private final String app = "rooms-" + ROOMS.incrementAndGet();

    @Autowired
    private FakeService service;

    @Autowired
    private RoomHistoryProvider history;

    @Autowired
    private JdbcTemplate database;

    @BeforeEach
    void reset() {
        service.reset();
    }

    private SaidInRoom said(String roomId, String senderId, long run, long number) {
        return SaidInRoom.newBuilder()
                .setAppId(app)
                .setRoomId(roomId)
                .setRun(run)
                .setNumber(number)
                .setSenderId(senderId)
                .setClientMessageId(Chat.name(run * 1_000 + number))
                .setServerTime(1_700_000_000_000L + number)
                .setContent(ByteString.copyFromUtf8("said " + number))
                .setPriority(2)
                .setKeepUntil(FOR_LONG)
                .build();
    }

    /** Brings records through a queue that no other test uses, in one envelope, and waits until it is empty. */
    private void bring(Chat chat, StoreRecord... records) {
        await().until(() -> broker.consumers(chat.partition()) == 1);
        broker.publish(StoreEnvelope.newBuilder()
                .setPartition(chat.partition())
                .addAllRecords(List.of(records))
                .build());
        await().until(() -> broker.depth(chat.partition()) == 0);
    }

    private static StoreRecord record(SaidInRoom said) {
        return StoreRecord.newBuilder().setSaid(said).build();
    }

    private static StoreRecord record(AcceptedMessage message) {
        return StoreRecord.newBuilder().setMessage(message).build();
    }

    private void bring(Chat chat, List<SaidInRoom> said) {
        bring(chat, said.stream().map(KeptInRoomsTest::record).toArray(StoreRecord[]::new));
    }

    private RoomHistoryPage read(String roomId, int limit) {
        return history.read(RoomHistoryQuery.newBuilder()
                .setAppId(app)
                .setRoomId(roomId)
                .setLimit(limit)
                .build());
    }

    private RoomHistoryPage readBefore(String roomId, SaidInRoom place, int limit) {
        return history.read(RoomHistoryQuery.newBuilder()
                .setAppId(app)
                .setRoomId(roomId)
                .setBefore(RoomPlace.newBuilder().setRun(place.getRun()).setNumber(place.getNumber()))
                .setLimit(limit)
                .build());
    }

    @Test
    void whatComesIsKeptOnceBesideMessages() {
        var chat = Chat.alone();
        var first = said("live", "alice", 5, 1);
        // The sender has repeated it, so it was counted again.
        var again = first.toBuilder().setNumber(2).build();
        var other = said("live", "bob", 5, 3);
        bring(chat, record(first), record(chat.message(1)), record(again), record(other));
        bring(chat, record(first), record(chat.message(1)), record(chat.message(2)), record(other));

        assertThat(read("live", 10).getMessagesList()).containsExactly(other, first);
        assertThat(new Rows(database).sequences(chat)).containsExactly(1L, 2L);
        assertThat(service.committed(chat.partition()))
                .as("of rooms nobody is told")
                .containsExactly(1L, 1L, 2L);
    }

    @Test
    void aPlaceThatWasGivenOutTwiceHasRoomForBoth() {
        var one = said("live", "alice", 5, 1);
        var two = one.toBuilder().setClientMessageId(Chat.name(77)).build();
        bring(Chat.alone(), List.of(one, two));

        assertThat(read("live", 10).getMessagesList()).containsExactlyInAnyOrder(one, two);
    }

    @Test
    void whatTheDatabaseRefusesLiesAmongTheDeadLettersAndHoldsNothingUp() {
        var chat = Chat.alone();
        var poison = said("live", "j\u00f6rg", 5, 2);
        bring(chat, List.of(said("live", "alice", 5, 1), poison, said("live", "alice", 5, 3)));

        assertThat(read("live", 10).getMessagesList())
                .extracting(SaidInRoom::getNumber)
                .containsExactly(3L, 1L);
        var letters = new ArrayList<SaidInRoom>();
        await().until(() -> {
            var letter = broker.takeDeadLetter();
            if (letter != null && letter.hasSaid()) {
                letters.add(letter.getSaid());
            }
            return letters.contains(poison);
        });
    }

    @Test
    void pagesGoFromTheNewestRunToTheOldest() {
        var all = Stream.concat(
                        LongStream.rangeClosed(1, 5).mapToObj(number -> said("live", "alice", 7, number)),
                        LongStream.rangeClosed(1, 3).mapToObj(number -> said("live", "bob", 8, number)))
                .toList();
        var chat = Chat.alone();
        bring(chat, all);
        bring(chat, List.of(said("other", "alice", 9, 1)));

        var first = read("live", 4);
        assertThat(first.getMessagesList()).containsExactly(all.get(7), all.get(6), all.get(5), all.get(4));
        assertThat(first.getMore()).isTrue();
        var second = readBefore("live", all.get(4), 4);
        assertThat(second.getMessagesList()).containsExactly(all.get(3), all.get(2), all.get(1), all.get(0));
        assertThat(second.getMore()).isFalse();
        assertThat(read("nothing", 4)).isEqualTo(RoomHistoryPage.getDefaultInstance());
    }

    @Test
    void whatIsNotKeptAnyMoreIsNotRead() {
        bring(
                Chat.alone(),
                List.of(
                        said("live", "alice", 7, 1).toBuilder()
                                .setKeepUntil(1_000)
                                .build(),
                        said("live", "alice", 7, 2)));

        assertThat(read("live", 10).getMessagesList())
                .extracting(SaidInRoom::getNumber)
                .containsExactly(2L);
        assertThat(saidBy("alice", 10).getMessagesCount()).isEqualTo(1);
    }

    @Test
    void whatAUserHasSaidIsFoundAndErased() {
        var chat = Chat.alone();
        var hers = List.of(
                said("a", "alice", 7, 1), said("a", "alice", 8, 1), said("b", "alice", 6, 1), said("b", "alice", 6, 9));
        bring(chat, hers);
        bring(chat, List.of(said("b", "bob", 6, 2)));

        var page = saidBy("alice", 3);
        assertThat(page.getMessagesList()).isEqualTo(hers.subList(0, 3));
        assertThat(page.getMore()).isTrue();
        var rest = history.saidBy(SaidByQuery.newBuilder()
                .setAppId(app)
                .setUserId("alice")
                .setAfterRoomId("b")
                .setAfter(RoomPlace.newBuilder().setRun(6).setNumber(1))
                .setLimit(3)
                .build());
        assertThat(rest.getMessagesList()).containsExactly(hers.getLast());
        assertThat(rest.getMore()).isFalse();

        var erasure = RoomErasure.newBuilder().setAppId(app).setUserId("alice").build();
        assertThat(history.erase(erasure).getMore()).isFalse();
        assertThat(saidBy("alice", 10).getMessagesCount()).isZero();
        assertThat(read("b", 10).getMessagesList())
                .extracting(SaidInRoom::getSenderId)
                .containsExactly("bob");
    }

    private RoomHistoryPage saidBy(String userId, int limit) {
        return history.saidBy(SaidByQuery.newBuilder()
                .setAppId(app)
                .setUserId(userId)
                .setLimit(limit)
                .build());
    }
}
