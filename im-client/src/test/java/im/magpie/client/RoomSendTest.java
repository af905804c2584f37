package im.magpie.client;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.client.testing.Await;
import im.magpie.client.testing.Ears;
import im.magpie.client.testing.FakeConnection;
import im.magpie.client.testing.FakeGateway;
import im.magpie.client.testing.RoomEars;
import im.magpie.client.testing.TestClients;
import im.magpie.codec.content.Contents;
import im.magpie.codec.id.UuidV7;
import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.Room;
import im.magpie.codec.protocol.RoomPriority;
import im.magpie.codec.protocol.RoomReply;
import im.magpie.codec.protocol.RoomSendReply;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Alice speaks in a room. */
class RoomSendTest {

    private static final RoomSendReply COUNTED = RoomSendReply.newBuilder()
            .setRun(3)
            .setNumber(14)
            .setServerTime(1_000)
            .build();

    private final FakeGateway gateway = new FakeGateway();
    private final RoomEars ears = new RoomEars();
    private MagpieClient client = MagpieClient.start(TestClients.alice(gateway, new Ears()));

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

    private FakeConnection inside() {
        var connection = welcomed();
        var entered = client.rooms().enter("stage", ears);
        letIn(connection);
        Await.value(entered);
        return connection;
    }

    private static void letIn(FakeConnection connection) {
        var enter = connection.next(Request.Room.class);
        assertThat(enter.body().hasEnter()).isTrue();
        var room = RoomReply.newBuilder().setRoom(Room.newBuilder().setRoomId("stage"));
        connection.write(new Reply.RoomOk(enter.requestId(), room.build()));
    }

    private static Request.RoomSend sent(FakeConnection connection) {
        return connection.next(Request.RoomSend.class);
    }

    private static void take(FakeConnection connection, Request.RoomSend said) {
        connection.write(new Reply.RoomSendOk(said.requestId(), COUNTED));
    }

    @Test
    void learnsItsNumber() {
        var connection = inside();
        var saying = client.rooms().send("stage", Contents.text("hello"), RoomPriority.LOW);
        var said = sent(connection);
        take(connection, said);
        assertThat(said.body().getRoomId()).isEqualTo("stage");
        assertThat(said.body().getPriority()).isEqualTo(RoomPriority.LOW);
        assertThat(said.body().getContent()).isEqualTo(Contents.text("hello"));
        assertThat(UuidV7.parse(said.body().getClientMessageId())).isNotNull();
        assertThat(Await.value(saying))
                .isEqualTo(new SentToRoom("stage", said.body().getClientMessageId(), 3, 14, 1_000));
    }

    @Test
    void isRefusedOutsideOfTheRoom() {
        var connection = welcomed();
        var saying = client.rooms().sendText("stage", "hello");
        var said = sent(connection);
        assertThat(said.body().getPriority()).isEqualTo(RoomPriority.NORMAL);
        connection.refuse(said, ErrorCode.NOT_IN_ROOM);
        assertThat(TestClients.codeOf(saying)).isEqualTo(ErrorCode.NOT_IN_ROOM);
    }

    /** It may be too late a moment later: whoever speaks decides. */
    @Test
    void doesNotInsistWhereItIsTooCrowded() {
        var connection = inside();
        var first = client.rooms().sendText("stage", "hello");
        connection.write(Reply.Failure.of(sent(connection), ErrorCode.RATE_LIMITED, "too many", 700));
        assertThat(Await.failure(first)).isInstanceOfSatisfying(RequestFailedException.class, why -> {
            assertThat(why.code()).isEqualTo(ErrorCode.RATE_LIMITED);
            assertThat(why.retryAfterMillis()).isEqualTo(700);
        });
        var second = client.rooms().sendText("stage", "hello");
        connection.refuse(sent(connection), ErrorCode.BUSY);
        assertThat(TestClients.codeOf(second)).isEqualTo(ErrorCode.BUSY);
    }

    @Test
    void saysTheSameAgainWhereNoAnswerCame() {
        var first = inside();
        var saying = client.rooms().sendText("stage", "hello");
        var before = sent(first);
        first.refuse(before, ErrorCode.UNAVAILABLE);
        assertThat(sent(first).body()).isEqualTo(before.body());
        first.close();
        var second = welcomed();
        // Nobody speaks who is not in yet.
        var hurry = client.rooms().sendText("stage", "where are you?");
        assertThat(Await.value(client.unsent())).isZero();
        assertThat(second.quiet(Request.RoomSend.class)).isTrue();
        letIn(second);
        var again = sent(second);
        assertThat(again.body()).isEqualTo(before.body());
        take(second, again);
        take(second, sent(second));
        assertThat(Await.value(saying).number()).isEqualTo(14);
        Await.value(hurry);
    }

    /** Who hears of a refusal may say it once more, under another name. */
    @Test
    void isNotSaidToBeRefusedWhereItMayHaveBeenSaidBefore() {
        var first = inside();
        var crowded = client.rooms().sendText("stage", "hello");
        sent(first);
        first.close();
        var second = welcomed();
        letIn(second);
        second.refuse(sent(second), ErrorCode.RATE_LIMITED);
        assertThat(TestClients.codeOf(crowded)).isEqualTo(ErrorCode.UNAVAILABLE);

        var banned = client.rooms().sendText("stage", "hello");
        sent(second);
        second.close();
        var third = welcomed();
        third.refuse(third.next(Request.Room.class), ErrorCode.BANNED);
        assertThat(TestClients.codeOf(banned)).isEqualTo(ErrorCode.UNAVAILABLE);
    }

    @Test
    void entersAgainWhereTheServerSaysThatItIsNotIn() {
        var connection = inside();
        var saying = client.rooms().sendText("stage", "hello");
        connection.refuse(sent(connection), ErrorCode.NOT_IN_ROOM);
        letIn(connection);
        take(connection, sent(connection));
        assertThat(Await.value(saying).number()).isEqualTo(14);
    }

    @Test
    void learnsInPassingThatItIsBanned() {
        var connection = inside();
        var saying = client.rooms().sendText("stage", "hello");
        connection.refuse(sent(connection), ErrorCode.NOT_IN_ROOM);
        connection.refuse(connection.next(Request.Room.class), ErrorCode.BANNED);
        assertThat(TestClients.codeOf(saying)).isEqualTo(ErrorCode.BANNED);
        assertThat(ears.next()).isEqualTo("out of stage: BANNED");
    }

    @Test
    void waitsNoLongerThanForAReply() {
        gateway.accept();
        client.close();
        var hasty = TestClients.QUICK.withReply(Duration.ofMillis(100));
        client = MagpieClient.start(TestClients.alice(gateway, new Ears()).withTimings(hasty));
        assertThat(TestClients.codeOf(client.rooms().sendText("stage", "hello")))
                .isEqualTo(ErrorCode.UNAVAILABLE);
    }

    @Test
    void takesSoManyInAndNoMore() {
        var waiting = IntStream.range(0, 1_000)
                .mapToObj(i -> client.rooms().sendText("stage", "line " + i))
                .toList();
        assertThat(TestClients.codeOf(client.rooms().sendText("stage", "one more")))
                .isEqualTo(ErrorCode.BUSY);
        client.close();
        waiting.forEach(saying -> assertThat(TestClients.codeOf(saying)).isEqualTo(ErrorCode.UNAVAILABLE));
    }
}
