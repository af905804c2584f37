package im.magpie.tcp;

import static im.magpie.tcp.fixture.RoomPackets.ROOM;
import static im.magpie.tcp.fixture.RoomPackets.banned;
import static im.magpie.tcp.fixture.RoomPackets.closed;
import static im.magpie.tcp.fixture.RoomPackets.enter;
import static im.magpie.tcp.fixture.RoomPackets.leave;
import static im.magpie.tcp.fixture.RoomPackets.said;
import static im.magpie.tcp.fixture.RoomPackets.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.magpie.codec.packet.Push;
import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.GetRoom;
import im.magpie.codec.protocol.RoomMessage;
import im.magpie.codec.protocol.RoomPriority;
import im.magpie.codec.protocol.RoomReply;
import im.magpie.codec.protocol.RoomRequest;
import im.magpie.codec.protocol.RoomUser;
import im.magpie.common.broker.PushEnvelope;
import im.magpie.common.broker.PushItem;
import im.magpie.common.rpc.BannedOutcome;
import im.magpie.common.rpc.RoomOutcome;
import im.magpie.common.rpc.RoomRenewalOutcome;
import im.magpie.common.rpc.RoomState;
import im.magpie.tcp.fixture.FakeRooms;
import im.magpie.tcp.push.PushRouter;
import im.magpie.tcp.room.RoomIndex;
import im.magpie.tcp.room.RoomWork;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A room, from its clients' packets to the services and back. */
class RoomTest {

    private final TestNode node = new TestNode(
            Map.of("room-work.renew-every", "10m", "room-work.missed-patience", "1ms", "rooms.per-connection", 2));
    private final TestClient alice = node.login("alice");

    @AfterEach
    void close() {
        alice.close();
        node.close();
    }

    private void push(PushItem... items) throws InterruptedException {
        node.bean(PushRouter.class)
                .route(PushEnvelope.newBuilder().addAllItems(List.of(items)).build());
    }

    private void tell(int number) throws InterruptedException {
        push(said(ROOM, number, RoomPriority.NORMAL));
    }

    private static RoomMessage heard(TestClient client) {
        return client.read(Push.Rooms.class).body().getMessages(0);
    }

    private void enters(TestClient client) {
        client.write(enter(2, ROOM));
        client.read(Reply.RoomOk.class);
    }

    private void versionIs(long version) {
        node.rooms.renewals.answeredBy(call -> FakeRooms.allAt(call, version));
        node.bean(RoomWork.class).again();
    }

    private static RoomOutcome banOf(String userId) {
        return RoomOutcome.newBuilder()
                .setReply(RoomReply.newBuilder()
                        .setRoom(im.magpie.codec.protocol.Room.newBuilder()
                                .setSelf(RoomUser.newBuilder().setUserId(userId).setBannedUntil(77))))
                .build();
    }

    @Test
    void whoHasEnteredIsToldWhatIsSaidUntilHeLeaves() throws InterruptedException {
        node.rooms.calls.answeredByHand();
        node.rooms.renewals.answeredByHand();
        alice.write(enter(2, ROOM));
        var call = node.rooms.calls.next();
        assertThat(call.request().getSession().getUserId()).isEqualTo("alice");
        assertThat(call.request().getRequest().getRoomId()).isEqualTo(ROOM);
        assertThat(call.request().getLeaseMs()).isEqualTo(3 * 600_000);
        tell(1);
        call.answer(FakeRooms.at(call.request(), 5));
        assertThat(alice.read(Reply.RoomOk.class).body().getRoom().getVersion()).isEqualTo(5);
        tell(2);
        assertThat(heard(alice).getNumber()).isEqualTo(2);

        alice.write(leave(3, ROOM));
        assertThat(alice.read(Reply.RoomOk.class)).isEqualTo(new Reply.RoomOk(3, RoomReply.getDefaultInstance()));
        var renewal = node.rooms.renewals.next();
        assertThat(renewal.request().getRooms(0).getRoom().getRoomId()).isEqualTo(ROOM);
        assertThat(renewal.request().getRooms(0).getConnections()).isZero();
        renewal.answer(FakeRooms.allAt(renewal.request(), 5));
        await().until(() -> node.bean(RoomIndex.class).count() == 0);
    }

    @Test
    void theServicesDoAllElse() {
        node.rooms.calls.answeredByHand();
        var get = RoomRequest.newBuilder()
                .setRoomId(ROOM)
                .setGet(GetRoom.getDefaultInstance())
                .build();
        alice.write(new Request.Room(2, get));
        var call = node.rooms.calls.next();
        assertThat(call.request().getRequest()).isEqualTo(get);
        call.answer(FakeRooms.at(call.request(), 3));
        assertThat(alice.read(Reply.RoomOk.class).body().getRoom().getVersion()).isEqualTo(3);
    }

    @Test
    void whatIsWrongIsRefused() {
        alice.write(new Request.Room(2, RoomRequest.getDefaultInstance()));
        alice.readFailure(2, ErrorCode.INVALID_REQUEST);
        alice.write(enter(3, "no room at all"));
        alice.readFailure(3, ErrorCode.INVALID_REQUEST);
        alice.write(enter(4, "one"), enter(5, "two"));
        alice.read(Reply.RoomOk.class);
        alice.read(Reply.RoomOk.class);
        alice.write(enter(6, "three"));
        assertThat(alice.readFailure(6, ErrorCode.INVALID_REQUEST).detail().getMessage())
                .contains("2 rooms");
        alice.write(leave(7, "one"));
        alice.read(Reply.RoomOk.class);
        alice.write(enter(8, "three"));
        alice.read(Reply.RoomOk.class);
    }

    @Test
    void whoIsNotLetInIsToldWhyAndIsNotIn() {
        node.rooms.calls.answeredBy(
                _ -> RoomOutcome.newBuilder().setError(ErrorCode.BANNED).build());
        alice.write(enter(2, ROOM));
        alice.readFailure(2, ErrorCode.BANNED);
        node.rooms.calls.unreachable();
        alice.write(enter(3, ROOM));
        assertThat(alice.readFailure(3, ErrorCode.UNAVAILABLE).detail().getRetryAfterMs())
                .isPositive();
        alice.write(say(4, ROOM, 1));
        alice.readFailure(4, ErrorCode.NOT_IN_ROOM);
        await().until(() -> node.bean(RoomIndex.class).count() == 0);
    }

    @Test
    void whoLeavesWhileHeEntersIsOut() {
        node.rooms.calls.answeredByHand();
        alice.write(enter(2, ROOM));
        var call = node.rooms.calls.next();
        alice.write(leave(3, ROOM));
        alice.read(Reply.RoomOk.class);
        call.answer(FakeRooms.at(call.request(), 1));
        assertThat(alice.read(Reply.RoomOk.class).requestId()).isEqualTo(2);
        alice.write(say(4, ROOM, 1));
        alice.readFailure(4, ErrorCode.NOT_IN_ROOM);
    }

    @Test
    void aRoomThatIsClosedWhileSomebodyEntersLetsNobodyIn() throws InterruptedException {
        node.rooms.calls.answeredByHand();
        alice.write(enter(2, ROOM));
        var call = node.rooms.calls.next();
        push(closed(ROOM, 2));
        call.answer(FakeRooms.at(call.request(), 1));
        alice.readFailure(2, ErrorCode.ROOM_CLOSED);
    }

    @Test
    void whoIsBannedWhileHeEntersIsPutOutAfterwards() throws InterruptedException {
        node.rooms.calls.answeredByHand();
        node.rooms.questions.answeredByHand();
        alice.write(enter(2, ROOM));
        var call = node.rooms.calls.next();
        push(banned(ROOM, 2, "alice"));
        node.rooms.calls.answeredBy(_ -> banOf("alice"));
        call.answer(FakeRooms.at(call.request(), 1));
        alice.read(Reply.RoomOk.class);
        var question = node.rooms.questions.next();
        assertThat(question.request().getUserIdsList()).containsExactly("alice");
        question.answer(BannedOutcome.newBuilder().addUserIds("alice").build());

        assertThat(heard(alice).getEvent().getUser())
                .isEqualTo(RoomUser.newBuilder()
                        .setUserId("alice")
                        .setBannedUntil(77)
                        .build());
        await().until(() -> node.bean(RoomIndex.class).visits() == 0);
    }

    @Test
    void aBanThatTheNodeHasMissedIsFoundByARenewal() throws InterruptedException {
        enters(alice);
        try (var bob = node.login("bob")) {
            enters(bob);
            node.rooms.questions.answeredBy(
                    _ -> BannedOutcome.newBuilder().addUserIds("alice").build());
            node.rooms.calls.answeredBy(call ->
                    call.getSession().getUserId().equals("alice") ? banOf("alice") : RoomOutcome.getDefaultInstance());
            versionIs(2);

            assertThat(heard(alice).getEvent().getUser().getBannedUntil()).isEqualTo(77);
            assertThat(heard(bob).getEvent().getUser().getUserId()).isEqualTo("alice");
            await().until(() -> node.bean(RoomIndex.class).visits() == 1);
            tell(1);
            assertThat(heard(bob).getNumber()).isEqualTo(1);
        }
    }

    @Test
    void aQuestionWithoutAnswerIsAskedAgain() {
        enters(alice);
        node.rooms.questions.answeredByHand();
        versionIs(2);
        node.rooms.questions.next().lose();
        node.rooms.questions.next().answer(BannedOutcome.getDefaultInstance());
        assertThat(node.bean(RoomIndex.class).visits()).isEqualTo(1);
    }

    @Test
    void aRoomThatWasClosedUnnoticedIsFoundByARenewal() {
        enters(alice);
        node.rooms.renewals.answeredBy(_ -> RoomRenewalOutcome.newBuilder()
                .addStates(RoomState.newBuilder().setClosed(true).setVersion(4))
                .build());
        node.bean(RoomWork.class).again();

        var event = heard(alice).getEvent().getClosed();
        assertThat(event.getRoomId()).isEqualTo(ROOM);
        assertThat(event.getVersion()).isEqualTo(4);
        await().until(() -> node.bean(RoomIndex.class).count() == 0);
    }

    @Test
    void aRenewalSaysHowManyAreThere() {
        enters(alice);
        try (var bob = node.login("bob")) {
            enters(bob);
            node.rooms.renewals.answeredByHand();
            node.bean(RoomWork.class).again();
            var call = node.rooms.renewals.next();
            assertThat(call.request().getIncarnation()).isNotEmpty();
            assertThat(call.request().getRoomsList())
                    .singleElement()
                    .satisfies(room -> assertThat(room.getConnections()).isEqualTo(2));
            call.answer(FakeRooms.allAt(call.request(), 1));
        }
    }

    @Test
    void aConnectionThatClosesIsOut() {
        try (var bob = node.login("bob")) {
            enters(bob);
        }
        await().until(() -> node.bean(RoomIndex.class).count() == 0);
    }
}
