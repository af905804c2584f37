package im.magpie.e2e.story;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.codec.protocol.Command;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.PingReply;
import im.magpie.codec.protocol.PingRequest;
import im.magpie.e2e.people.People;
import im.magpie.e2e.system.MagpieSystem;
import im.magpie.e2e.wire.RawConnection;
import im.magpie.e2e.wire.RawFrame;
import im.magpie.e2e.wire.Requests;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What is no LOGIN in time, or no frame, gets one named error, and the connection closes. */
@OnMagpie
class WireIT {

    private static final int MORE_THAN_A_LOGIN = 70_000;
    private static final int MORE_THAN_A_BODY = 2 * 1024 * 1024;
    private static final RawFrame PING = RawFrame.request(Command.PING, 7, PingRequest.getDefaultInstance());

    @Test
    void whoSaysNothingIsTurnedAwayAfterAWhile(MagpieSystem system) {
        try (var socket = socket(system)) {
            assertError(socket.read(), Command.LOGIN_VALUE, ErrorCode.LOGIN_TIMEOUT, 0);
            socket.awaitEnd();
        }
    }

    @Test
    void theFirstPacketIsLogin(MagpieSystem system) {
        try (var socket = socket(system)) {
            socket.write(PING.bytes());
            assertError(socket.read(), Command.PING_VALUE, ErrorCode.LOGIN_REQUIRED, PING.requestId());
            socket.awaitEnd();
        }
    }

    @Test
    void garbageIsNoFrame(MagpieSystem system) {
        try (var socket = socket(system)) {
            socket.write("GET / HTTP/1.1\r\nHost: magpie\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertError(socket.read(), 0, ErrorCode.MALFORMED_FRAME, 0);
            socket.awaitEnd();
        }
    }

    @Test
    void anotherVersionIsNotSpoken(MagpieSystem system) {
        try (var socket = socket(system)) {
            socket.write(PING.bytesOfVersion(2));
            assertError(socket.read(), 0, ErrorCode.UNSUPPORTED_VERSION, 0);
            socket.awaitEnd();
        }
    }

    @Test
    void aBodyThatIsNotWhatItsCommandSaysIsRefused(MagpieSystem system) {
        try (var socket = socket(system)) {
            socket.write(
                    RawFrame.request(Command.LOGIN_VALUE, 7, 0x0A, 0x7F, 0x01).bytes());
            assertError(socket.read(), Command.LOGIN_VALUE, ErrorCode.MALFORMED_BODY, 7);
            socket.awaitEnd();
        }
    }

    @Test
    void aLargeFrameIsRefusedBeforeItsBodyComes(People people, MagpieSystem system) {
        try (var socket = socket(system)) {
            socket.write(RawFrame.request(Command.LOGIN_VALUE, 7).headerAnnouncing(MORE_THAN_A_LOGIN));
            assertError(socket.read(), Command.LOGIN_VALUE, ErrorCode.FRAME_TOO_LARGE, 7);
            socket.awaitEnd();
        }
        try (var socket = people.person("alice").logInByHand("shell", 1)) {
            socket.write(RawFrame.request(Command.SEND_VALUE, 8).headerAnnouncing(MORE_THAN_A_BODY));
            assertError(socket.read(), Command.SEND_VALUE, ErrorCode.FRAME_TOO_LARGE, 8);
            socket.awaitEnd();
        }
        try (var socket = socket(system)) {
            socket.write(RawFrame.request(Command.LOGIN_VALUE, 9).headerAnnouncing(-1));
            assertError(socket.read(), Command.LOGIN_VALUE, ErrorCode.FRAME_TOO_LARGE, 9);
            socket.awaitEnd();
        }
    }

    @Test
    void aConnectionSurvivesWhatIsNoFaultOfItsFrames(People people) {
        var alice = people.person("alice");
        try (var socket = alice.logInByHand("shell", 1)) {
            socket.write(RawFrame.request(999, 71).bytes());
            assertError(socket.read(), 999, ErrorCode.UNKNOWN_COMMAND, 71);
            var again = socket.ask(Command.LOGIN, Requests.login(alice.userId(), alice.userSig(), "shell"));
            assertThat(again.code()).isEqualTo(ErrorCode.ALREADY_LOGGED_IN);
            socket.write(RawFrame.request(Command.PING, 0, PingRequest.getDefaultInstance())
                    .bytes());
            assertError(socket.read(), Command.PING_VALUE, ErrorCode.INVALID_REQUEST, 0);

            var pong =
                    socket.ask(Command.PING, PingRequest.getDefaultInstance()).ok(PingReply.parser());
            assertThat(pong.getServerTime()).isPositive();
        }
    }

    private static RawConnection socket(MagpieSystem system) {
        return RawConnection.to(system.addresses().gateway(1));
    }

    private static void assertError(RawFrame frame, int command, ErrorCode code, int requestId) {
        assertThat(frame.code()).as(frame::detail).isEqualTo(code);
        assertThat(frame.command()).isEqualTo(command);
        assertThat(frame.requestId()).isEqualTo(requestId);
        assertThat(frame.detail()).isNotBlank();
    }
}
