package im.magpie.tcp;

import static im.magpie.tcp.fixture.Requests.CONVERSATION;
import static im.magpie.tcp.fixture.Requests.pin;
import static im.magpie.tcp.fixture.Requests.ping;
import static im.magpie.tcp.fixture.Requests.pull;
import static im.magpie.tcp.fixture.Requests.read;
import static im.magpie.tcp.fixture.Requests.sync;
import static im.magpie.tcp.fixture.Requests.typing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.PersonalSettings;
import im.magpie.codec.protocol.PullReply;
import im.magpie.codec.protocol.PushAck;
import im.magpie.codec.protocol.SyncReply;
import im.magpie.common.rpc.ConfigureOutcome;
import im.magpie.common.rpc.Done;
import im.magpie.common.rpc.PullOutcome;
import im.magpie.common.rpc.SyncOutcome;
import im.magpie.common.rpc.TypingItem;
import im.magpie.tcp.fixture.Requests;
import im.magpie.tcp.timeline.Reading;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestTest {

    private final TestNode node = new TestNode(Map.of("limits.max-unanswered", 4, "reading.concurrency", 2));
    private final TestClient client = node.login("alice");

    @AfterEach
    void close() {
        client.close();
        node.close();
    }

    @Test
    void anUnknownCommandIsAnsweredAndTheConnectionLives() {
        client.writeBytes(HexFormat.of().parseHex("494d0100" + "03e7" + "0000" + "00000005" + "00000002" + "cafe"));
        assertThat(client.readFailure(5, ErrorCode.UNKNOWN_COMMAND).commandNumber())
                .isEqualTo(999);
        client.write(ping(6));
        client.read(Reply.PingOk.class);
    }

    @Test
    void garbageGetsOneErrorPacketAndTheConnectionCloses() {
        client.writeBytes("GET / HTTP/1.1\r\nHost: example\r\n\r\n".repeat(500).getBytes(StandardCharsets.US_ASCII));
        client.readFailure(0, ErrorCode.MALFORMED_FRAME);
        client.assertClosed();
    }

    @Test
    void anOversizeFrameGetsOneErrorPacketAndTheConnectionCloses() {
        client.writeBytes(HexFormat.of().parseHex("494d0100" + "00c9" + "0000" + "00000005" + "7fffffff"));
        client.readFailure(5, ErrorCode.FRAME_TOO_LARGE);
        client.assertClosed();
    }

    @Test
    void aBodyThatIsNotWhatItsCommandSaysClosesTheConnection() {
        client.writeBytes(HexFormat.of().parseHex("494d0100" + "00c9" + "0000" + "00000005" + "00000001" + "ff"));
        client.readFailure(5, ErrorCode.MALFORMED_BODY);
        client.assertClosed();
    }

    @Test
    void onlyNoticesHaveTheNumberZero() {
        client.write(ping(0), new Request.PushAcknowledgement(3, PushAck.getDefaultInstance()), ping(4));
        client.readFailure(0, ErrorCode.INVALID_REQUEST);
        client.readFailure(3, ErrorCode.INVALID_REQUEST);
        assertThat(client.read(Reply.PingOk.class).requestId()).isEqualTo(4);
    }

    @Test
    void readingIsAnsweredInTheOrderInWhichTheServicesAnswer() {
        node.timelines.syncs.answeredByHand();
        node.timelines.pulls.answeredBy(call -> {
            assertThat(call.getRequest().getRanges(0).getConversationId()).isEqualTo(CONVERSATION);
            return PullOutcome.newBuilder()
                    .setReply(PullReply.newBuilder().setMore(true))
                    .build();
        });
        client.write(sync(2), pull(3, CONVERSATION));

        var call = node.timelines.syncs.next();
        assertThat(client.read(Reply.PullOk.class).body().getMore()).isTrue();
        assertThat(call.request().getSession().getUserId()).isEqualTo("alice");
        call.answer(SyncOutcome.newBuilder()
                .setReply(SyncReply.newBuilder().setFull(true))
                .build());
        assertThat(client.read(Reply.SyncOk.class).body().getFull()).isTrue();
    }

    @Test
    void whatReadingIsRefusedForIsTold() {
        node.timelines.syncs.answeredBy(_ -> SyncOutcome.newBuilder()
                .setError(ErrorCode.INVALID_REQUEST)
                .setErrorMessage("no")
                .build());
        node.timelines.pulls.answeredBy(_ ->
                PullOutcome.newBuilder().setError(ErrorCode.NOT_A_PARTICIPANT).build());
        client.write(sync(2));
        client.readFailure(2, ErrorCode.INVALID_REQUEST);
        client.write(pull(3, CONVERSATION));
        client.readFailure(3, ErrorCode.NOT_A_PARTICIPANT);
    }

    @Test
    void settingsAreAnsweredAsTheServicesHaveThem() {
        node.timelines.configurations.answeredBy(call -> ConfigureOutcome.newBuilder()
                .setSettings(PersonalSettings.newBuilder()
                        .setVersion(3)
                        .setPinned(call.getRequest().getPinned()))
                .build());
        client.write(pin(2, CONVERSATION));
        assertThat(client.read(Reply.ConfigureOk.class).body().getSettings().getPinned())
                .isTrue();
        client.write(pin(3, "no conversation"));
        client.readFailure(3, ErrorCode.INVALID_CONVERSATION);
        node.timelines.configurations.unreachable();
        client.write(pin(4, CONVERSATION));
        client.readFailure(4, ErrorCode.UNAVAILABLE);
    }

    @Test
    void whoIsWritingIsToldOnceInAWhile() {
        node.timelines.typing.answeredByHand();
        client.write(typing("no conversation"), typing(CONVERSATION), typing(CONVERSATION), typing(CONVERSATION));
        client.write(ping(2));
        client.read(Reply.PingOk.class);

        var call = node.timelines.typing.next();
        assertThat(call.request().getItemsList())
                .containsExactly(TypingItem.newBuilder()
                        .setAppId(call.request().getItems(0).getAppId())
                        .setUserId("alice")
                        .setConversationId(CONVERSATION)
                        .build());
        call.answer(Done.getDefaultInstance());
    }

    @Test
    void unreachableServicesAreUnavailable() {
        node.timelines.syncs.unreachable();
        node.timelines.marks.unreachable();
        client.write(sync(2));
        assertThat(client.readFailure(2, ErrorCode.UNAVAILABLE).detail().getRetryAfterMs())
                .isPositive();
        client.write(read(3, CONVERSATION, 7));
        client.readFailure(3, ErrorCode.UNAVAILABLE);
    }

    @Test
    void whatThereIsNoRoomForIsBusy() {
        try (var small = new TestNode(Map.of("reading.concurrency", 1, "reading.queue", 1));
                var bob = small.login("bob")) {
            small.timelines.syncs.answeredByHand();
            bob.write(sync(2));
            var call = small.timelines.syncs.next();
            bob.write(sync(3), sync(4));
            assertThat(bob.readFailure(4, ErrorCode.BUSY).detail().getRetryAfterMs())
                    .isPositive();
            call.answer(SyncOutcome.getDefaultInstance());
            bob.read(Reply.SyncOk.class);
        }
    }

    @Test
    void pullNamesConversations() {
        client.write(pull(2, "nonsense"));
        client.readFailure(2, ErrorCode.INVALID_CONVERSATION);
    }

    @Test
    void aConnectionWithTooManyUnansweredRequestsIsNotReadAnyMore() {
        node.timelines.syncs.answeredByHand();
        for (var i = 2; i <= 8; i++) {
            client.write(sync(i));
        }
        await().until(() -> node.bean(Reading.class).waiting() == 2);
        node.timelines.syncs.next().answer(SyncOutcome.getDefaultInstance());
        client.read(Reply.SyncOk.class);
        for (var i = 0; i < 6; i++) {
            node.timelines.syncs.next().answer(SyncOutcome.getDefaultInstance());
        }
        for (var i = 0; i < 6; i++) {
            client.read(Reply.SyncOk.class);
        }
        assertThat(node.timelines.syncs.none()).isTrue();
    }

    @Test
    void logoutEndsTheSessionAndThenTheConnection() {
        node.sessions.logouts.answeredByHand();
        client.write(Requests.logout(2), ping(3));
        var call = node.sessions.logouts.next();
        assertThat(call.request().getSessions(0).getUserId()).isEqualTo("alice");
        call.answer(Done.getDefaultInstance());

        assertThat(client.read(Reply.LogoutOk.class).requestId()).isEqualTo(2);
        client.assertClosed();
    }

    @Test
    void aConnectionThatClosesEndsItsSession() {
        node.sessions.logouts.answeredByHand();
        client.close();
        var call = node.sessions.logouts.next();
        assertThat(call.request().getSessions(0).getUserId()).isEqualTo("alice");
        call.lose();
        assertThat(node.sessions.logouts.next().request()).as("told again").isEqualTo(call.request());
    }
}
