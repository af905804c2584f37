package im.magpie.service.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.magpie.codec.content.Contents;
import im.magpie.codec.protocol.CloseRoom;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.ReadRoom;
import im.magpie.codec.protocol.Room;
import im.magpie.codec.protocol.RoomMessage;
import im.magpie.codec.protocol.RoomPage;
import im.magpie.codec.protocol.RoomPriority;
import im.magpie.common.broker.SaidInRoom;
import im.magpie.common.retention.Retention;
import im.magpie.common.retention.RetentionSettings;
import im.magpie.service.testing.TestDatabase;
import im.magpie.service.testing.TestRedis;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rooms that keep what is said. */
class KeptRoomTest {

    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private RoomWorld world;
    private Room room;

    @BeforeEach
    void start() {
        world = new RoomWorld(redis, database);
        room = world.room("alice", wanted -> wanted.setKeepDays(2));
        world.people("bob");
        world.here.enter("bob", "node-a", room);
    }

    @AfterEach
    void close() throws InterruptedException {
        world.close();
    }

    private List<SaidInRoom> kept() {
        return world.kept.of(RoomWorld.APP, room.getRoomId());
    }

    @Test
    void whatIsSaidIsInTheQueueBeforeItIsAnswered() throws Exception {
        var reply = world.here.say("bob", room, RoomPriority.LOW).getReply();

        await().until(() -> kept().size() == 1);
        assertThat(kept()).singleElement().satisfies(said -> {
            assertThat(said.getSenderId()).isEqualTo("bob");
            assertThat(said.getRun()).isEqualTo(reply.getRun());
            assertThat(said.getNumber()).isEqualTo(reply.getNumber());
            assertThat(said.getServerTime()).isEqualTo(reply.getServerTime());
            assertThat(said.getPriority()).isEqualTo(RoomPriority.LOW_VALUE);
            assertThat(said.getContent()).isEqualTo(Contents.text("hello").toByteString());
            assertThat(Duration.ofMillis(said.getKeepUntil() - said.getServerTime()))
                    .isEqualTo(Duration.ofDays(2));
        });
        assertThat(RoomWorld.message(world.pushed("node-a", 1).getFirst()).getNumber())
                .isEqualTo(reply.getNumber());
    }

    @Test
    void aRepeatedMessageIsKeptOnce() {
        var item = RoomWorld.item("bob", room, RoomPriority.NORMAL);
        world.here.say(List.of(item));
        world.there.say(List.of(item));
        world.there.say("alice", room);

        await().until(() -> kept().size() == 2);
        assertThat(kept()).extracting(SaidInRoom::getNumber).containsExactly(1L, 3L);
    }

    @Test
    void nothingIsKeptForLongerThanTheAppsMessages() throws InterruptedException {
        world.close();
        var hours = new Retention(Duration.ofHours(5));
        world = new RoomWorld(redis, database, new RetentionSettings(Retention.FOREVER, Map.of(RoomWorld.APP, hours)));
        world.here.say("bob", room);

        await().until(() -> kept().size() == 1);
        var said = kept().getFirst();
        assertThat(Duration.ofMillis(said.getKeepUntil() - said.getServerTime()))
                .isEqualTo(Duration.ofHours(5));
    }

    @Test
    void aRoomThatKeepsNothingAnyMoreKeepsNothing() {
        world.change("alice", room, change -> change.setKeepDays(0));
        world.there.say("bob", room);
        world.change("alice", room, change -> change.setKeepDays(1));
        world.there.say("bob", room);

        await().until(() -> !kept().isEmpty());
        assertThat(kept()).extracting(SaidInRoom::getNumber).containsExactly(2L);
    }

    @Test
    void whatTheBrokerDidNotConfirmWasNotSaid() {
        world.world.cutStoreQueue();
        var plain = world.room("carol");

        var outcomes = world.here.say(List.of(
                RoomWorld.item("bob", room, RoomPriority.NORMAL), RoomWorld.item("bob", plain, RoomPriority.NORMAL)));
        world.world.openStoreQueue();

        assertThat(outcomes.getFirst().getError()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(outcomes.getLast().getError()).isEqualTo(ErrorCode.OK);
        assertThat(world.counted("magpie.service.room", "outcome", "failed")).isEqualTo(1);
    }

    @Test
    void everybodyReadsWhatIsKeptNewestFirst() {
        for (var i = 0; i < 5; i++) {
            world.here.say("bob", room);
        }
        await().until(() -> kept().size() == 5);

        var first = read("carol", "", 2);
        assertThat(numbers(first)).containsExactly(5L, 4L);
        assertThat(first.getMessages(0).getSenderId()).isEqualTo("bob");
        assertThat(first.getMessages(0).getContent()).isEqualTo(Contents.text("hello"));
        assertThat(first.getMessages(0).getClientMessageId()).hasSize(36);
        assertThat(first.getMessages(0).getPriority()).isEqualTo(RoomPriority.NORMAL);
        var second = read("carol", first.getNext(), 2);
        assertThat(numbers(second)).containsExactly(3L, 2L);
        var last = read("carol", second.getNext(), 2);
        assertThat(numbers(last)).containsExactly(1L);
        assertThat(last.getNext()).isEmpty();

        world.call("alice", room, request -> request.setClose(CloseRoom.getDefaultInstance()));
        assertThat(numbers(read("carol", "", 0))).hasSize(5);
    }

    /** It is in the broker, and not yet in the store. */
    @Test
    void whoReadsAtOnceHasWhatWasSaidBefore() {
        for (var i = 1L; i <= 20; i++) {
            world.here.say("bob", room);
            assertThat(numbers(read("carol", "", 0))).hasSize((int) i).startsWith(i);
        }
    }

    @Test
    void nobodyWaitsForLongForWhatDoesNotCome() {
        world.here.say("bob", room);
        world.world.cutStoreQueue();
        world.here.say("bob", room);
        world.world.openStoreQueue();

        assertThat(numbers(read("carol", "", 0))).containsExactly(1L);
        world.later = Duration.ofMinutes(1);
        var begun = System.nanoTime();
        assertThat(numbers(read("carol", "", 0))).containsExactly(1L);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void whoIsBannedReadsNothing() {
        world.change("alice", room, "bob", user -> user.setBanSeconds(60));

        assertThat(RoomWorld.refusal(() -> read("bob", "", 0))).isEqualTo(ErrorCode.BANNED);
        assertThat(RoomWorld.refusal(() -> read("alice", "yesterday", 0))).isEqualTo(ErrorCode.INVALID_REQUEST);
        world.kept.down(true);
        assertThat(RoomWorld.refusal(() -> read("alice", "", 0))).isEqualTo(ErrorCode.UNAVAILABLE);
        world.kept.down(false);
    }

    private RoomPage read(String by, String before, int limit) {
        return world.call(
                        by,
                        room,
                        request -> request.setRead(
                                ReadRoom.newBuilder().setBefore(before).setLimit(limit)))
                .getPage();
    }

    private static List<Long> numbers(RoomPage page) {
        return page.getMessagesList().stream().map(RoomMessage::getNumber).toList();
    }

    @Test
    void whoIsErasedHasSaidNothingAndOwnsNothing() throws Exception {
        var other = world.room("bob", wanted -> wanted.setKeepDays(1));
        world.here.enter("carol", "node-b", other);
        world.change("alice", room, "bob", user -> user.setModerator(true));
        world.here.say("bob", room);
        world.here.say("alice", room);
        await().until(() -> kept().size() == 2);
        assertThat(world.records.rooms(RoomWorld.user("bob"), ""))
                .hasSize(2)
                .allSatisfy(known -> assertThat(known.getSelf().getModerator()).isTrue());
        assertThat(world.records.saidBy(RoomWorld.user("bob")).next()).hasSize(1);

        world.departures.forget(RoomWorld.user("bob"));
        world.departures.forget(RoomWorld.user("bob"));

        assertThat(kept()).extracting(SaidInRoom::getSenderId).containsExactly("alice");
        assertThat(world.records.rooms(RoomWorld.user("bob"), "")).isEmpty();
        assertThat(world.get("alice", other).getClosed()).isTrue();
        assertThat(world.get("alice", other).getOwnerId()).isEmpty();
        assertThat(world.pushed("node-b", 1).getFirst().getRoom().getClosed()).isTrue();
        assertThat(world.rows.queryForList("SELECT user_id FROM room_user", String.class))
                .isEmpty();
    }
}
