package im.magpie.client;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.client.testing.Await;
import im.magpie.client.testing.Ears;
import im.magpie.client.testing.FakeConnection;
import im.magpie.client.testing.FakeGateway;
import im.magpie.client.testing.TestClients;
import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.CreateRoom;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.Room;
import im.magpie.codec.protocol.RoomChange;
import im.magpie.codec.protocol.RoomPage;
import im.magpie.codec.protocol.RoomReply;
import im.magpie.codec.protocol.RoomRequest;
import im.magpie.codec.protocol.RoomUser;
import im.magpie.codec.protocol.RoomUserPage;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is asked of rooms from outside. */
class RoomsTest {

    private static final Room STAGE =
            Room.newBuilder().setRoomId("stage").setName("the stage").build();
    private static final RoomUser BOB = RoomUser.newBuilder().setUserId("bob").build();

    private final FakeGateway gateway = new FakeGateway();
    private final MagpieClient client = MagpieClient.start(TestClients.alice(gateway, new Ears()));
    private final Rooms rooms = client.rooms();
    private final FakeConnection connection = gateway.accept();

    @AfterEach
    void close() {
        client.close();
        gateway.close();
    }

    /** Returns what was asked, which this answers. */
    private RoomRequest answered(CompletableFuture<?> asked, RoomReply.Builder reply) {
        var request = connection.next(Request.Room.class);
        connection.write(new Reply.RoomOk(request.requestId(), reply.build()));
        Await.value(asked);
        return request.body();
    }

    private static RoomReply.Builder room() {
        return RoomReply.newBuilder().setRoom(STAGE);
    }

    private static RoomReply.Builder user() {
        return RoomReply.newBuilder().setUser(BOB);
    }

    @Test
    void asksForWhatChangesARoom() {
        connection.welcome();
        var created = answered(rooms.create("the stage"), room());
        assertThat(created.getRoomId()).hasSize(16);
        assertThat(created.getCreate().getName()).isEqualTo("the stage");
        var kept = CreateRoom.newBuilder().setName("the stage").setKeepDays(3).build();
        var chosen = answered(rooms.create("stage", kept), room());
        assertThat(chosen.getRoomId()).isEqualTo("stage");
        assertThat(chosen.getCreate()).isEqualTo(kept);
        var change = RoomChange.newBuilder().setMuted(true).build();
        assertThat(answered(rooms.change("stage", change), room()).getChange()).isEqualTo(change);
        assertThat(answered(rooms.get("stage"), room()).hasGet()).isTrue();
        assertThat(answered(rooms.close("stage"), room()).hasClose()).isTrue();
    }

    @Test
    void asksForWhatChangesAUser() {
        connection.welcome();
        var appoint = answered(rooms.appoint("stage", "bob", true), user()).getUser();
        assertThat(appoint.getUserId()).isEqualTo("bob");
        assertThat(appoint.getModerator()).isTrue();
        assertThat(appoint.hasMuteSeconds() || appoint.hasBanSeconds()).isFalse();
        var mute = answered(rooms.mute("stage", "bob", Duration.ofMinutes(1)), user())
                .getUser();
        assertThat(mute.getMuteSeconds()).isEqualTo(60);
        assertThat(mute.hasModerator() || mute.hasBanSeconds()).isFalse();
        var unban = answered(rooms.ban("stage", "bob", Duration.ZERO), user()).getUser();
        assertThat(unban.hasBanSeconds()).isTrue();
        assertThat(unban.getBanSeconds()).isZero();
    }

    @Test
    void readsPages() {
        connection.welcome();
        var users = rooms.users("stage", "ann", 5);
        var page = RoomUserPage.newBuilder().addUsers(BOB).setMore(true);
        var listed = answered(users, RoomReply.newBuilder().setUsers(page)).getUsers();
        assertThat(listed.getAfter()).isEqualTo("ann");
        assertThat(listed.getLimit()).isEqualTo(5);
        assertThat(Await.value(users)).isEqualTo(page.build());
        var kept = rooms.read("stage", "there", 7);
        var read = answered(
                        kept,
                        RoomReply.newBuilder().setPage(RoomPage.newBuilder().setNext("here")))
                .getRead();
        assertThat(read.getBefore()).isEqualTo("there");
        assertThat(read.getLimit()).isEqualTo(7);
        assertThat(Await.value(kept).getNext()).isEqualTo("here");
    }

    @Test
    void failsWithWhatTheServerSays() {
        connection.welcome();
        var get = rooms.get("nowhere");
        connection.refuse(connection.next(Request.Room.class), ErrorCode.NOT_FOUND);
        assertThat(TestClients.codeOf(get)).isEqualTo(ErrorCode.NOT_FOUND);
        var users = rooms.users("stage", "", 0);
        connection.write(new Reply.RoomOk(connection.next(Request.Room.class).requestId(), room().build()));
        assertThat(TestClients.codeOf(users)).isEqualTo(ErrorCode.INTERNAL);
    }
}
