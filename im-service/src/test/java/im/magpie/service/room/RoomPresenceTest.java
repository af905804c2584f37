package im.magpie.service.room;

import static im.magpie.service.room.RoomWorld.BUSINESS_SYSTEM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.magpie.codec.protocol.CloseRoom;
import im.magpie.codec.protocol.Command;
import im.magpie.codec.protocol.EnterRoom;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.Room;
import im.magpie.common.rpc.RoomState;
import im.magpie.service.testing.TestDatabase;
import im.magpie.service.testing.TestRedis;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who comes into rooms, which nodes are present, and what they hear of changes. */
class RoomPresenceTest {

    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private static final RoomState UNKNOWN =
            RoomState.newBuilder().setClosed(true).build();

    private RoomWorld world;
    private Room room;

    @BeforeEach
    void start() {
        world = new RoomWorld(redis, database);
        room = world.room("alice");
        world.people("bob", "carol");
    }

    @AfterEach
    void close() throws InterruptedException {
        world.close();
    }

    private static RoomState state(long version) {
        return RoomState.newBuilder().setVersion(version).build();
    }

    @Test
    void connectionsOfAllNodesAreCountedUntilTheyLeave() {
        var reply = world.here.call(
                "bob", "node-a", room.getRoomId(), request -> request.setEnter(EnterRoom.getDefaultInstance()));
        assertThat(reply.getReply().getRoom().getPresent()).isEqualTo(1);
        assertThat(reply.getReply().getRoom().getSelf().getUserId()).isEqualTo("bob");
        assertThat(reply.getReply().getRoom().getVersion()).isEqualTo(1);
        assertThat(world.there.enter("carol", "node-b", room)).isEqualTo(ErrorCode.OK);
        assertThat(world.get("alice", room).getPresent()).isEqualTo(2);

        assertThat(world.here.renew("node-a", room, 40)).isEqualTo(state(1));
        assertThat(world.get("alice", room).getPresent()).isEqualTo(41);
        world.there.renew("node-b", room, 0);
        assertThat(world.get("alice", room).getPresent()).isEqualTo(40);
        world.here.renew("node-a", room, 0);
        assertThat(world.get("alice", room).getPresent()).isZero();
    }

    @Test
    void aLeaseEndsUnlessItIsRenewed() {
        var view = new RoomView(world.here.lists.require(new RoomKey(RoomWorld.APP, room.getRoomId())), true, 0);
        world.nodes.enter(view, "gone", Duration.ofMillis(1));
        world.here.enter("bob", "node-a", room);

        await().until(() -> world.get("alice", room).getPresent() == 1);
    }

    @Test
    void aLossOfRedisIsRepairedByTheNextRenewal() throws Exception {
        world.here.enter("bob", "node-a", room);
        redis.flush();
        assertThat(world.get("alice", room).getPresent()).isZero();

        assertThat(world.here.renew("node-a", room, 1)).isEqualTo(state(1));
        world.here.say("bob", room);

        assertThat(world.pushed("node-a", 1)).hasSize(1);
    }

    @Test
    void manyRoomsAreRenewedAtOnce() {
        world.settings = RoomWorld.settings(600, 10);
        IntStream.range(0, 100).forEach(_ -> world.room("alice"));
        world.rows
                .queryForList("SELECT room_id FROM room", String.class)
                .forEach(roomId -> assertThat(world.here.renew(
                                "node-a", Room.newBuilder().setRoomId(roomId).build(), 1))
                        .isEqualTo(state(1)));
    }

    @Test
    void aRoomThatThereIsNotIsClosed() {
        assertThat(world.here.renew(
                        "node-a", Room.newBuilder().setRoomId("nothing").build(), 1))
                .isEqualTo(UNKNOWN);
        assertThat(world.here.enter(
                        "bob", "node-a", Room.newBuilder().setRoomId("nothing").build()))
                .isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void whoIsBannedComesInNoMoreAndIsOutAtOnce() throws Exception {
        assertThat(world.there.enter("bob", "node-a", room)).isEqualTo(ErrorCode.OK);
        var banned = world.change("alice", room, "bob", user -> user.setBanSeconds(60));

        var item = world.pushed("node-a", 1).getFirst();
        assertThat(item.getCommand()).isEqualTo(Command.ROOM_PUSH_VALUE);
        assertThat(item.getRoom().getRoomId()).isEqualTo(room.getRoomId());
        assertThat(item.getRoom().getVersion()).isEqualTo(2);
        assertThat(item.getRoom().getGoneList()).containsExactly("bob");
        assertThat(RoomWorld.message(item).getSenderId()).isEqualTo("alice");
        assertThat(RoomWorld.message(item).getEvent().getUser()).isEqualTo(banned);
        assertThat(world.there.enter("bob", "node-b", room))
                .as("also at an instance that knew him as somebody else")
                .isEqualTo(ErrorCode.BANNED);
        assertThat(world.there.renew("node-a", room, 1)).isEqualTo(state(2));
        assertThat(world.there.banned(room, "alice", "bob", "carol")).containsExactly("bob");

        world.later = Duration.ofSeconds(61);
        assertThat(world.there.banned(room, "bob")).isEmpty();
        assertThat(world.there.enter("bob", "node-b", room)).isEqualTo(ErrorCode.OK);
    }

    @Test
    void whoIsBannedNoMoreComesInAtOnce() {
        world.change("alice", room, "bob", user -> user.setBanSeconds(60));
        assertThat(world.there.enter("bob", "node-a", room)).isEqualTo(ErrorCode.BANNED);

        world.change("alice", room, "bob", user -> user.setBanSeconds(0));

        assertThat(world.there.enter("bob", "node-a", room))
                .as("also at an instance that knew him as banned")
                .isEqualTo(ErrorCode.OK);
    }

    @Test
    void aMuteAndItsEndPutNobodyOut() throws Exception {
        world.here.enter("bob", "node-a", room);
        world.change("alice", room, "bob", user -> user.setMuteSeconds(60));
        world.change("alice", room, "bob", user -> user.setMuteSeconds(0));
        world.change("alice", room, "bob", user -> user.setMuteSeconds(0));

        assertThat(world.pushed("node-a", 2))
                .allSatisfy(item -> assertThat(item.getRoom().getGoneList()).isEmpty())
                .extracting(item -> item.getRoom().getVersion())
                .containsExactly(2L, 3L);
    }

    @Test
    void everybodyIsToldOfAChangeOfTheRoom() throws Exception {
        world.here.enter("bob", "node-a", room);
        world.here.enter("carol", "node-b", room);
        world.change(BUSINESS_SYSTEM, room, change -> change.setAnnouncement("new"));

        for (var node : List.of("node-a", "node-b")) {
            var message = RoomWorld.message(world.pushed(node, 1).getFirst());
            assertThat(message.getSenderId()).isEmpty();
            assertThat(message.getEvent().getChanged().getAnnouncement()).isEqualTo("new");
            assertThat(message.getEvent().getChanged().getVersion()).isEqualTo(2);
            assertThat(message.getEvent().getChanged().hasSelf()).isFalse();
        }
    }

    @Test
    void aClosedRoomIsClosedForAll() throws Exception {
        world.there.enter("bob", "node-a", room);
        world.call("alice", room, request -> request.setClose(CloseRoom.getDefaultInstance()));

        var item = world.pushed("node-a", 1).getFirst();
        assertThat(item.getRoom().getClosed()).isTrue();
        assertThat(RoomWorld.message(item).getEvent().hasClosed()).isTrue();
        assertThat(world.there.enter("carol", "node-a", room)).isEqualTo(ErrorCode.ROOM_CLOSED);
        assertThat(world.there.say("bob", room).getError()).isEqualTo(ErrorCode.ROOM_CLOSED);
        var state = world.there.renew("node-a", room, 1);
        assertThat(state.getClosed()).isTrue();
        assertThat(state.getVersion()).isEqualTo(2);
        assertThat(world.get("alice", room).getPresent()).isZero();
    }

    @Test
    void whatRedisWasNotToldOfIsFoundByTheRenewal() {
        world.here.enter("bob", "node-a", room);
        world.rows.update("UPDATE room SET version = 7");

        assertThat(world.here.renew("node-a", room, 1)).isEqualTo(state(7));
        assertThat(world.there.enter("carol", "node-a", room)).isEqualTo(ErrorCode.OK);
    }

    @Test
    void aRedisThatIsAheadOfTheDatabaseHoldsNobodyUp() {
        world.here.enter("bob", "node-a", room);
        world.nodes.changed(new RoomKey(RoomWorld.APP, room.getRoomId()), 9);

        assertThat(world.here.say("bob", room).getError()).isEqualTo(ErrorCode.OK);
        assertThat(world.there.enter("carol", "node-a", room)).isEqualTo(ErrorCode.OK);
    }
}
