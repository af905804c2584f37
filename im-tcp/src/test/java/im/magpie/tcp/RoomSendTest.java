package im.magpie.tcp;

import static im.magpie.tcp.fixture.RoomPackets.ROOM;
import static im.magpie.tcp.fixture.RoomPackets.enter;
import static im.magpie.tcp.fixture.RoomPackets.say;
import static im.magpie.tcp.fixture.RoomPackets.text;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.codec.content.Contents;
import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.MessageContent;
import im.magpie.codec.protocol.RoomSendRequest;
import im.magpie.common.live.LiveSettings;
import im.magpie.common.rpc.RoomSendItem;
import im.magpie.common.rpc.RoomSendOutcome;
import im.magpie.common.rpc.RoomSendOutcomes;
import im.magpie.tcp.fixture.Requests;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.MapPropertySource;

class RoomSendTest {

    private static final String OTHER = "hall";

    private final TestNode node = new TestNode(Map.of(
            "room-work.room-capacity", 3,
            "room-work.lanes", 1,
            "room-work.max-batch", 2,
            "rooms.sends-per-second", 1,
            "rooms.send-burst", 10));
    private final TestClient alice = in();

    @AfterEach
    void close() {
        alice.close();
        node.close();
    }

    private TestClient in() {
        var client = node.login("alice");
        client.write(enter(2, ROOM), enter(3, OTHER));
        client.read(Reply.RoomOk.class);
        client.read(Reply.RoomOk.class);
        return client;
    }

    private void said(int requestId) {
        assertThat(alice.read(Reply.RoomSendOk.class).requestId()).isEqualTo(requestId);
    }

    private void refused(Request.RoomSend request, ErrorCode code) {
        alice.write(request);
        alice.readFailure(request.requestId(), code);
    }

    @Test
    void whatIsSaidGoesToTheServices() {
        var request = say(4, ROOM, 1);
        alice.write(request);
        assertThat(alice.read(Reply.RoomSendOk.class).body().getNumber()).isEqualTo(1);
        assertThat(node.rooms.said.getFirst().getItems(0)).satisfies(item -> {
            assertThat(item.getSenderId()).isEqualTo("alice");
            assertThat(item.getRoom().getAppId()).isEqualTo("demo");
            assertThat(item.getRoom().getRoomId()).isEqualTo(ROOM);
            assertThat(item.getRequest()).isEqualTo(request.body());
        });
    }

    @Test
    void theOrderOfAConnectionStays() {
        node.rooms.sends.answeredByHand();
        alice.write(say(4, ROOM, 1));
        var first = node.rooms.sends.next();
        alice.write(say(5, ROOM, 2), say(6, ROOM, 3), say(7, ROOM, 4), Requests.ping(8));
        alice.read(Reply.PingOk.class);
        node.rooms.sends.answeredBy(node.rooms::countAll);
        first.answer(node.rooms.countAll(first.request()));
        for (var requestId = 4; requestId <= 7; requestId++) {
            said(requestId);
        }
        assertThat(node.rooms.said)
                .flatExtracting(batch -> batch.getItemsList().stream()
                        .map(RoomSendItem::getRequest)
                        .map(RoomSendRequest::getClientMessageId)
                        .toList())
                .containsExactly(Requests.id(1), Requests.id(2), Requests.id(3), Requests.id(4));
        assertThat(node.rooms.said).as("two at most in each call").hasSize(3);
    }

    @Test
    void aRoomThatIsCrowdedIsBusyAndTheOthersAreNot() {
        node.rooms.sends.answeredByHand();
        alice.write(say(4, ROOM, 1));
        var call = node.rooms.sends.next();
        alice.write(say(5, ROOM, 2), say(6, ROOM, 3), say(7, ROOM, 4), say(8, ROOM, 5), say(9, OTHER, 6));
        assertThat(alice.readFailure(8, ErrorCode.BUSY).detail().getRetryAfterMs())
                .isPositive();
        alice.write(Requests.send(10, 7));
        assertThat(alice.read(Reply.SendOk.class).requestId()).isEqualTo(10);

        node.rooms.sends.answeredBy(node.rooms::countAll);
        call.answer(node.rooms.countAll(call.request()));
        said(4);
        said(5);
        said(9);
        said(6);
        said(7);
    }

    @Test
    void whatIsRefusedIsToldWithItsReason() {
        node.rooms.sends.answeredBy(_ -> RoomSendOutcomes.newBuilder()
                .addOutcomes(RoomSendOutcome.newBuilder()
                        .setError(ErrorCode.RATE_LIMITED)
                        .setErrorMessage("crowded")
                        .setRetryAfterMs(321))
                .build());
        alice.write(say(4, ROOM, 1));
        var failure = alice.readFailure(4, ErrorCode.RATE_LIMITED);
        assertThat(failure.detail().getRetryAfterMs()).isEqualTo(321);
        assertThat(failure.detail().getMessage()).isEqualTo("crowded");
    }

    @Test
    void withoutTheServicesItIsUnavailable() {
        node.rooms.sends.unreachable();
        alice.write(say(4, ROOM, 1));
        assertThat(alice.readFailure(4, ErrorCode.UNAVAILABLE).detail().getRetryAfterMs())
                .isPositive();
        node.rooms.sends.answeredBy(node.rooms::countAll);
        alice.write(say(5, ROOM, 1));
        said(5);
    }

    @Test
    void whatCanNotBeSaidInARoomIsRefused() {
        refused(say(4, "elsewhere", 1), ErrorCode.NOT_IN_ROOM);
        refused(say(5, ROOM, 1, MessageContent.getDefaultInstance()), ErrorCode.CONTENT_MISSING);
        refused(say(6, ROOM, 1, Contents.recall(1)), ErrorCode.INVALID_CONTENT);
        refused(say(7, ROOM, 1, text("me").toBuilder().setReplyTo(1).build()), ErrorCode.INVALID_CONTENT);
        refused(
                say(
                        8,
                        ROOM,
                        1,
                        text("you").toBuilder().addMentionedUserIds("bob").build()),
                ErrorCode.INVALID_CONTENT);
        refused(say(9, ROOM, 1, text("all").toBuilder().setMentionsAll(true).build()), ErrorCode.INVALID_CONTENT);
        refused(say(10, ROOM, 1, text("x".repeat(40_000))), ErrorCode.CONTENT_TOO_LARGE);
        var unnamed = say(11, ROOM, 1).body().toBuilder().clearClientMessageId().build();
        refused(new Request.RoomSend(11, unnamed), ErrorCode.INVALID_CLIENT_MESSAGE_ID);
        assertThat(node.rooms.said).isEmpty();
    }

    @Test
    void aConnectionThatGoesOnTooFastIsToldWhenToComeBackAndTheRateIsLive() {
        for (var number = 1; number <= 10; number++) {
            alice.write(say(10 + number, ROOM, number));
            said(10 + number);
        }
        alice.write(say(30, ROOM, 11));
        assertThat(alice.readFailure(30, ErrorCode.RATE_LIMITED).detail().getRetryAfterMs())
                .isPositive();

        var free = new MapPropertySource("free", Map.of("im.tcp.rooms.sends-per-second", "0"));
        assertThat(node.bean(LiveSettings.class).change(free)).isTrue();
        for (var number = 12; number <= 40; number++) {
            alice.write(say(100 + number, ROOM, number));
            said(100 + number);
        }
    }
}
