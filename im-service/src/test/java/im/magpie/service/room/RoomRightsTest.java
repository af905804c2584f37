package im.magpie.service.room;

import static im.magpie.service.room.RoomWorld.BUSINESS_SYSTEM;
import static im.magpie.service.room.RoomWorld.changing;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.codec.protocol.CloseRoom;
import im.magpie.codec.protocol.CreateRoom;
import im.magpie.codec.protocol.EnterRoom;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.LeaveRoom;
import im.magpie.codec.protocol.ListRoomUsers;
import im.magpie.codec.protocol.Room;
import im.magpie.codec.protocol.RoomReply;
import im.magpie.codec.protocol.RoomRequest;
import im.magpie.codec.protocol.RoomUser;
import im.magpie.service.testing.TestDatabase;
import im.magpie.service.testing.TestRedis;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who may do what to rooms, and what becomes of that. */
class RoomRightsTest {

    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private RoomWorld world;

    @BeforeEach
    void start() {
        world = new RoomWorld(redis, database);
    }

    @AfterEach
    void close() throws InterruptedException {
        world.close();
    }

    private static void closing(RoomRequest.Builder request) {
        request.setClose(CloseRoom.getDefaultInstance());
    }

    private static void listing(RoomRequest.Builder request) {
        request.setUsers(ListRoomUsers.getDefaultInstance());
    }

    @Test
    void aRoomIsItsMakers() {
        var room = world.room("alice", wanted -> wanted.setAnnouncement("hello").setKeepDays(3));

        assertThat(room.getRoomId()).hasSize(16);
        assertThat(room.getOwnerId()).isEqualTo("alice");
        assertThat(room.getAnnouncement()).isEqualTo("hello");
        assertThat(room.getKeepDays()).isEqualTo(3);
        assertThat(room.getVersion()).isEqualTo(1);
        assertThat(room.getCreatedTime()).isPositive();
        assertThat(room.getSelf().getModerator()).isTrue();
        assertThat(world.get("bob", room).getSelf().getModerator()).isFalse();
        assertThat(world.get(BUSINESS_SYSTEM, room).hasSelf()).isFalse();
        world.people("bob");
        assertThat(world.room(BUSINESS_SYSTEM, wanted -> wanted.setOwnerId("bob"))
                        .getOwnerId())
                .isEqualTo("bob");
        assertThat(world.room(BUSINESS_SYSTEM).getOwnerId()).isEmpty();
    }

    @Test
    void aRoomThatIsMadeAgainIsTheSame() {
        world.people("alice", "bob");
        var first = create("alice", "one");
        assertThat(create("alice", "one")).isEqualTo(first);

        assertThat(RoomWorld.refusal(() -> create("bob", "one"))).isEqualTo(ErrorCode.FORBIDDEN);
        world.call("alice", "one", RoomRightsTest::closing);
        assertThat(RoomWorld.refusal(() -> create("alice", "one"))).isEqualTo(ErrorCode.ROOM_CLOSED);
    }

    private Room create(String by, String roomId) {
        return world.call(
                        by,
                        roomId,
                        request -> request.setCreate(CreateRoom.newBuilder().setName("live")))
                .getRoom();
    }

    @Test
    void roomsHaveBounds() {
        world.settings = RoomWorld.settings(1, 10);
        var first = world.room("alice");
        assertThat(RoomWorld.refusal(() -> world.room("alice"))).isEqualTo(ErrorCode.FORBIDDEN);
        world.call("alice", first, RoomRightsTest::closing);
        assertThat(world.room("alice").getOwnerId()).isEqualTo("alice");

        assertThat(RoomWorld.refusal(() -> world.room("bob", wanted -> wanted.setKeepDays(31))))
                .isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(RoomWorld.refusal(() -> world.room("bob", wanted -> wanted.setName(" "))))
                .isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(RoomWorld.refusal(() -> world.room(BUSINESS_SYSTEM, wanted -> wanted.setOwnerId("nobody"))))
                .isEqualTo(ErrorCode.RECIPIENT_UNKNOWN);
        world.settings = new RoomSettings(false, 9, Map.of(), 30, 3, 10);
        assertThat(RoomWorld.refusal(() -> world.room("bob"))).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(world.room(BUSINESS_SYSTEM, wanted -> wanted.setOwnerId("bob"))
                        .getOwnerId())
                .isEqualTo("bob");
    }

    @Test
    void onlyItsOwnerAndTheBusinessSystemChangeARoom() {
        var room = world.room("alice");
        world.people("mod", "bob");
        world.change("alice", room, "mod", user -> user.setModerator(true));

        for (var other : List.of("mod", "bob")) {
            assertThat(world.refusal(other, room, changing(change -> change.setMuted(true))))
                    .isEqualTo(ErrorCode.FORBIDDEN);
            assertThat(world.refusal(other, room, RoomRightsTest::closing)).isEqualTo(ErrorCode.FORBIDDEN);
        }
        var changed =
                world.change("alice", room, change -> change.setMuted(true).setName("silence"));
        assertThat(changed.getMuted()).isTrue();
        assertThat(changed.getName()).isEqualTo("silence");
        assertThat(changed.getVersion()).isEqualTo(3);
        assertThat(world.change("alice", room, change -> change.setMuted(true)).getVersion())
                .as("what is so already is no change")
                .isEqualTo(3);
        assertThat(world.change(BUSINESS_SYSTEM, room, change -> change.setMuted(false))
                        .getMuted())
                .isFalse();
        var closed = world.call(BUSINESS_SYSTEM, room, RoomRightsTest::closing).getRoom();
        assertThat(closed.getClosed()).isTrue();
        assertThat(world.call("alice", room, RoomRightsTest::closing).getRoom().getVersion())
                .isEqualTo(closed.getVersion());
        assertThat(world.refusal("alice", room, changing(change -> change.setMuted(true))))
                .isEqualTo(ErrorCode.ROOM_CLOSED);
        assertThat(world.refusal("alice", room, changing("bob", user -> user.setMuteSeconds(1))))
                .isEqualTo(ErrorCode.ROOM_CLOSED);
        assertThat(world.get("bob", room).getClosed()).isTrue();
    }

    @Test
    void moderatorsMuteAndBanThoseWhoAreNone() {
        var room = world.room("alice");
        world.people("mod", "mod2", "bob");
        world.change("alice", room, "mod", user -> user.setModerator(true));
        world.change("alice", room, "mod2", user -> user.setModerator(true));

        var muted = world.change("mod", room, "bob", user -> user.setMuteSeconds(60));
        assertThat(muted.getMutedUntil()).isPositive();
        assertThat(muted.getBannedUntil()).isZero();
        assertThat(world.change("mod", room, "bob", user -> user.setBanSeconds(60))
                        .getMutedUntil())
                .as("what is not there stays")
                .isEqualTo(muted.getMutedUntil());
        for (var above : List.of("mod2", "alice")) {
            assertThat(world.refusal("mod", room, changing(above, user -> user.setMuteSeconds(60))))
                    .isEqualTo(ErrorCode.FORBIDDEN);
            assertThat(world.refusal("mod", room, changing(above, user -> user.setBanSeconds(60))))
                    .isEqualTo(ErrorCode.FORBIDDEN);
        }
        assertThat(world.refusal("mod", room, changing("bob", user -> user.setModerator(true))))
                .isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(world.refusal("bob", room, changing("bob", user -> user.setMuteSeconds(0))))
                .isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(world.refusal("mod", room, changing("bob", user -> user.setMuteSeconds(-1))))
                .isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(world.refusal("mod", room, changing("nobody", user -> user.setMuteSeconds(1))))
                .isEqualTo(ErrorCode.RECIPIENT_UNKNOWN);

        assertThat(world.change("alice", room, "bob", user -> user.setModerator(true)))
                .as("a moderator is neither muted nor banned")
                .isEqualTo(RoomUser.newBuilder()
                        .setUserId("bob")
                        .setModerator(true)
                        .build());
        var demoted = world.change(
                "alice", room, "mod2", user -> user.setModerator(false).setBanSeconds(60));
        assertThat(demoted.getModerator()).isFalse();
        assertThat(demoted.getBannedUntil()).isPositive();
    }

    @Test
    void whatIsAskedForAgainIsDoneAlready() {
        var room = world.room("alice");
        world.people("bob");
        var muted = world.change("alice", room, "bob", user -> user.setMuteSeconds(600));
        world.later = Duration.ofSeconds(20);
        assertThat(world.change("alice", room, "bob", user -> user.setMuteSeconds(600)))
                .isEqualTo(muted);
        assertThat(world.get("alice", room).getVersion()).isEqualTo(2);

        world.later = Duration.ofMinutes(2);
        assertThat(world.change("alice", room, "bob", user -> user.setMuteSeconds(600))
                        .getMutedUntil())
                .isGreaterThan(muted.getMutedUntil());
        assertThat(world.change("alice", room, "bob", user -> user.setMuteSeconds(10))
                        .getMutedUntil())
                .as("a shorter one is another one")
                .isLessThan(muted.getMutedUntil());
    }

    @Test
    void aRoomKnowsOnlyThoseOfWhomSomethingHolds() {
        var room = world.room("alice");
        world.people("bob", "carol", "dave", "erin");
        world.change("alice", room, "carol", user -> user.setModerator(true));
        world.change("alice", room, "bob", user -> user.setMuteSeconds(10));
        world.change("alice", room, "dave", user -> user.setBanSeconds(100));
        assertThat(world.refusal("alice", room, changing("erin", user -> user.setMuteSeconds(1))))
                .as("there are as many as there may be")
                .isEqualTo(ErrorCode.FORBIDDEN);

        var page = world.call(
                "carol",
                room,
                request -> request.setUsers(ListRoomUsers.newBuilder().setLimit(2)));
        assertThat(userIds(page)).containsExactly("bob", "carol");
        assertThat(page.getUsers().getMore()).isTrue();
        assertThat(userIds(world.call(
                        BUSINESS_SYSTEM,
                        room,
                        request -> request.setUsers(ListRoomUsers.newBuilder().setAfter("carol")))))
                .containsExactly("dave");
        assertThat(world.refusal("bob", room, RoomRightsTest::listing)).isEqualTo(ErrorCode.FORBIDDEN);

        world.change("alice", room, "carol", user -> user.setModerator(false));
        world.later = Duration.ofSeconds(50);
        assertThat(userIds(world.call("alice", room, RoomRightsTest::listing))).containsExactly("dave");
        assertThat(world.get("bob", room).getSelf().getMutedUntil()).isZero();
        world.later = Duration.ofSeconds(90);
        world.tidy.tidy();
        assertThat(world.rows.queryForList("SELECT user_id FROM room_user", String.class))
                .containsExactly("dave");
    }

    private static List<String> userIds(RoomReply reply) {
        return reply.getUsers().getUsersList().stream().map(RoomUser::getUserId).toList();
    }

    @Test
    void whatConnectionsDoIsNothingForOthers() {
        var room = world.room("alice");

        assertThat(world.refusal(BUSINESS_SYSTEM, room, request -> request.setEnter(EnterRoom.getDefaultInstance())))
                .isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(world.refusal("alice", room, request -> request.setLeave(LeaveRoom.getDefaultInstance())))
                .isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(world.refusal("alice", room, request -> {})).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(RoomWorld.refusal(() -> world.call("alice", "nothing", RoomRightsTest::closing)))
                .isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(RoomWorld.refusal(() -> world.call("alice", "no room", RoomRightsTest::closing)))
                .isEqualTo(ErrorCode.INVALID_REQUEST);
    }
}
