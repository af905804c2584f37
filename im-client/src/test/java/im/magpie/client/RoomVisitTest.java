package im.magpie.client;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.client.testing.Await;
import im.magpie.client.testing.Ears;
import im.magpie.client.testing.FakeConnection;
import im.magpie.client.testing.FakeGateway;
import im.magpie.client.testing.RoomEars;
import im.magpie.client.testing.TestClients;
import im.magpie.codec.packet.Push;
import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.Room;
import im.magpie.codec.protocol.RoomEvent;
import im.magpie.codec.protocol.RoomMessage;
import im.magpie.codec.protocol.RoomPriority;
import im.magpie.codec.protocol.RoomPush;
import im.magpie.codec.protocol.RoomReply;
import im.magpie.codec.protocol.RoomRequest.OperationCase;
import im.magpie.codec.protocol.RoomUser;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Alice is in a room, or would like to be. */
class RoomVisitTest {

    private static final Room STAGE = Room.newBuilder().setRoomId("stage").build();

    private final FakeGateway gateway = new FakeGateway();
    private final Ears chats = new Ears();
    private final RoomEars ears = new RoomEars();
    private MagpieClient client = MagpieClient.start(TestClients.alice(gateway, chats));

    @AfterEach
    void close() {
        client.close();
        gateway.close();
    }

    private FakeConnection welcomed() {
        var connection = gateway.accept();
        connection.welcome();
        return connection;
    }

    private static Request.Room asks(FakeConnection connection, OperationCase what) {
        var request = connection.next(Request.Room.class);
        assertThat(request.body().getOperationCase()).isEqualTo(what);
        assertThat(request.body().getRoomId()).isEqualTo("stage");
        return request;
    }

    private static void letIn(FakeConnection connection) {
        connection.write(new Reply.RoomOk(
                asks(connection, OperationCase.ENTER).requestId(),
                RoomReply.newBuilder().setRoom(STAGE).build()));
    }

    private FakeConnection inside() {
        var connection = welcomed();
        var entered = client.rooms().enter("stage", ears);
        letIn(connection);
        assertThat(Await.value(entered)).isEqualTo(STAGE);
        return connection;
    }

    private static RoomMessage.Builder said(long run, long number, String text) {
        return RoomMessage.newBuilder()
                .setRoomId("stage")
                .setSenderId("bob")
                .setClientMessageId("bob's " + text)
                .setContent(TestClients.text(text))
                .setRun(run)
                .setNumber(number);
    }

    private static void push(FakeConnection connection, RoomMessage.Builder... messages) {
        var push = RoomPush.newBuilder();
        List.of(messages).forEach(push::addMessages);
        connection.write(new Push.Rooms(push.build()));
    }

    private static RoomMessage.Builder event(RoomEvent.Builder event) {
        return RoomMessage.newBuilder().setRoomId("stage").setSenderId("carol").setEvent(event);
    }

    private static RoomEvent.Builder banned(String userId) {
        return RoomEvent.newBuilder()
                .setUser(RoomUser.newBuilder().setUserId(userId).setBannedUntil(1));
    }

    @Test
    void hearsWhatIsSaidAndHowMuchItMissed() {
        var connection = inside();
        push(connection, said(1, 7, "seven"), said(1, 8, "eight"));
        push(connection, said(1, 12, "twelve"));
        push(connection, said(2, 5, "of another run"), said(2, 7, "at last"));
        assertThat(List.of(ears.next(), ears.next(), ears.next(), ears.next()))
                .containsExactly("bob: seven", "bob: eight", "missed 3", "bob: twelve");
        assertThat(List.of(ears.next(), ears.next(), ears.next()))
                .containsExactly("bob: of another run", "missed 1", "bob: at last");
        assertThat(chats.messages).isEmpty();
    }

    @Test
    void dropsWhatItHasHeardAndKeepsWhatWasOvertaken() {
        var connection = inside();
        push(connection, said(1, 1, "one"), said(1, 3, "three"), said(1, 2, "two"));
        // Numbered again, it is still the same.
        push(connection, said(1, 4, "one"), said(1, 3, "three"), said(1, 5, "five"));
        push(connection, said(1, 6, "one").setSenderId("mallory"));
        assertThat(List.of(ears.next(), ears.next(), ears.next(), ears.next(), ears.next(), ears.next()))
                .containsExactly("bob: one", "missed 1", "bob: three", "bob: two", "bob: five", "mallory: one");
    }

    @Test
    void entersAgainOverTheNextConnection() {
        var first = inside();
        push(first, said(1, 1, "before"));
        first.close();
        var second = welcomed();
        letIn(second);
        push(second, said(1, 4, "after"));
        assertThat(List.of(ears.next(), ears.next(), ears.next(), ears.next()))
                .containsExactly("bob: before", "in stage again", "missed 2", "bob: after");
    }

    @Test
    void triesAgainUntilItIsLetIn() {
        var entered = client.rooms().enter("stage", ears);
        var first = welcomed();
        first.refuse(asks(first, OperationCase.ENTER), ErrorCode.BUSY);
        asks(first, OperationCase.ENTER);
        first.close();
        letIn(welcomed());
        assertThat(Await.value(entered)).isEqualTo(STAGE);
    }

    @Test
    void isNotInARoomThatDoesNotLetItIn() {
        var connection = welcomed();
        var entered = client.rooms().enter("stage", ears);
        connection.refuse(asks(connection, OperationCase.ENTER), ErrorCode.BANNED);
        assertThat(TestClients.codeOf(entered)).isEqualTo(ErrorCode.BANNED);
        connection.close();
        var next = welcomed();
        assertThat(Await.value(client.unsent())).isZero();
        assertThat(next.quiet(Request.Room.class)).isTrue();
        assertThat(ears.heard).isEmpty();
    }

    @Test
    void tellsWhyItCouldNotComeBack() {
        inside().close();
        var next = welcomed();
        next.refuse(asks(next, OperationCase.ENTER), ErrorCode.ROOM_CLOSED);
        assertThat(ears.next()).isEqualTo("out of stage: ROOM_CLOSED");
    }

    @Test
    void isOutOfARoomThatIsClosed() {
        var connection = inside();
        push(connection, event(RoomEvent.newBuilder().setClosed(STAGE)));
        assertThat(List.of(ears.next(), ears.next())).containsExactly("carol CLOSED", "out of stage: ROOM_CLOSED");
    }

    @Test
    void isOutWhenItsUserIsBanned() {
        var connection = inside();
        push(connection, event(banned("dave")), said(1, 1, "dave is gone"), event(banned("alice")));
        assertThat(List.of(ears.next(), ears.next(), ears.next(), ears.next()))
                .containsExactly("carol USER", "bob: dave is gone", "carol USER", "out of stage: BANNED");
        connection.close();
        assertThat(welcomed().quiet(Request.Room.class)).isTrue();
    }

    @Test
    void leavesAndHearsNoMore() {
        var connection = inside();
        var left = client.rooms().leave("stage").thenApply(_ -> true);
        var leave = asks(connection, OperationCase.LEAVE);
        push(connection, said(1, 1, "too late"));
        connection.write(new Reply.RoomOk(leave.requestId(), RoomReply.getDefaultInstance()));
        assertThat(Await.value(left)).isTrue();
        assertThat(ears.heard).isEmpty();
        connection.close();
        assertThat(welcomed().quiet(Request.Room.class)).isTrue();
    }

    /** Which of the two the server does last can't be known here. */
    @Test
    void isInARoomThatItHasLeftAndEnteredAtOnce() {
        var connection = inside();
        var left = client.rooms().leave("stage").thenApply(_ -> true);
        var leave = asks(connection, OperationCase.LEAVE);
        var entered = client.rooms().enter("stage", ears);
        letIn(connection);
        Await.value(entered);
        connection.write(new Reply.RoomOk(leave.requestId(), RoomReply.getDefaultInstance()));
        assertThat(Await.value(left)).isTrue();
        letIn(connection);
    }

    @Test
    void tellsTheServerThatItLeavesBeforeItAsksToEnterAgain() {
        var connection = inside();
        client.rooms().leave("stage");
        client.rooms().enter("stage", ears);
        asks(connection, OperationCase.LEAVE);
        asks(connection, OperationCase.ENTER);
    }

    /** Who leaves while he is being let in is told that he was let in, and is out. */
    @Test
    void asksAgainWhereItHasLeftWhileItWasBeingLetIn() {
        var connection = inside();
        client.rooms().leave("stage");
        var leave = asks(connection, OperationCase.LEAVE);
        var entered = client.rooms().enter("stage", ears);
        var enter = asks(connection, OperationCase.ENTER);
        connection.write(new Reply.RoomOk(leave.requestId(), RoomReply.getDefaultInstance()));
        connection.write(new Reply.RoomOk(
                enter.requestId(), RoomReply.newBuilder().setRoom(STAGE).build()));
        letIn(connection);
        assertThat(Await.value(entered)).isEqualTo(STAGE);
    }

    /** An answer came too late for who has asked. */
    @Test
    void leavesARoomThatItDoesNotWantToBeIn() {
        var connection = inside();
        push(connection, said(1, 1, "hello").setRoomId("elsewhere"));
        var leave = connection.next(Request.Room.class).body();
        assertThat(leave.getRoomId()).isEqualTo("elsewhere");
        assertThat(leave.hasLeave()).isTrue();
    }

    @Test
    void givesUpWhenItIsNotLetInForLong() {
        gateway.accept();
        client.close();
        var hasty = TestClients.QUICK.withReply(Duration.ofMillis(100));
        client = MagpieClient.start(TestClients.alice(gateway, chats).withTimings(hasty));
        var connection = welcomed();
        var entered = client.rooms().enter("stage", ears);
        assertThat(TestClients.codeOf(entered)).isEqualTo(ErrorCode.UNAVAILABLE);
        asks(connection, OperationCase.ENTER);
    }

    /** Chats go on, and of what is said in the room the least important goes first. */
    @Test
    void leavesOutWhatASlowListenerHasNoTimeFor() {
        var connection = welcomed();
        var patience = new CountDownLatch(1);
        var slow = new RoomEars() {
            @Override
            public void onMessage(RoomMessage message) {
                Await.until(() -> patience.getCount() == 0, "the end of the test");
                super.onMessage(message);
            }
        };
        var entered = client.rooms().enter("stage", slow);
        letIn(connection);
        Await.value(entered);
        IntStream.rangeClosed(1, 900)
                .forEach(i -> push(connection, said(1, i, "low " + i).setPriority(RoomPriority.LOW)));
        IntStream.rangeClosed(901, 1_800)
                .forEach(i -> push(connection, said(1, i, "high " + i).setPriority(RoomPriority.HIGH)));
        push(connection, event(RoomEvent.newBuilder().setChanged(STAGE)));
        connection.push(TestClients.message(1));
        assertThat(chats.texts(1)).containsExactly("1");

        patience.countDown();
        var heard = IntStream.range(0, 1_003).mapToObj(_ -> slow.next()).toList();
        assertThat(heard.subList(499, 502)).containsExactly("bob: low 500", "missed 400", "bob: high 901");
        assertThat(heard.getLast()).isEqualTo("carol CHANGED");
        assertThat(heard.get(1_001)).isEqualTo("missed 400");
    }

    @Test
    void endsWithTheClient() {
        var connection = inside();
        var waiting = client.rooms().enter("stage", ears);
        asks(connection, OperationCase.ENTER);
        client.close();
        assertThat(TestClients.codeOf(waiting)).isEqualTo(ErrorCode.UNAVAILABLE);
        CompletableFuture<Room> late = client.rooms().enter("stage", ears);
        assertThat(TestClients.codeOf(late)).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(ears.heard).isEmpty();
    }
}
