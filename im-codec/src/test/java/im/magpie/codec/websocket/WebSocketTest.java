package im.magpie.codec.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.ByteString;
import im.magpie.codec.FrameDump;
import im.magpie.codec.LeakCheck;
import im.magpie.codec.TestChannel;
import im.magpie.codec.frame.FrameLimits;
import im.magpie.codec.frame.MalformedFrameException;
import im.magpie.codec.frame.Wire;
import im.magpie.codec.frame.WireForm;
import im.magpie.codec.packet.EncodedPush;
import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.Command;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.PingReply;
import im.magpie.codec.protocol.PingRequest;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketTest {

    private static final byte[] PING_FRAME = FrameDump.bytes("""
        49 4D       # magic
        01          # version
        00          # flags
        00 68       # command: PING
        00 00       # status
        00 00 00 07 # request id
        00 00 00 00 # body length
        """);
    private static final String PING_TEXT = "{\"command\":\"PING\",\"requestId\":7}";
    private static final Request PING = new Request.Ping(7, PingRequest.getDefaultInstance());
    private static final Reply PONG = new Reply.PingOk(7, PingReply.getDefaultInstance());

    @RegisterExtension
    final LeakCheck memory = new LeakCheck();

    private final Wire wire = Wire.ofServer(new FrameLimits(100, 200));
    private TestChannel server = TestChannel.webSocketServer(memory.allocator(), wire);

    @BeforeEach
    void open() {
        server = TestChannel.webSocketServer(memory.allocator(), wire);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void takesABinaryMessageAsAFrameAndAnswersWithOne() {
        server.readMessage(binary(PING_FRAME));
        assertThat(server.all()).containsExactly(PING);

        var answer = server.write(PONG, BinaryWebSocketFrame.class);
        assertThat(FrameDump.of(answer.content())).isEqualTo("""
            49 4D       # magic
            01          # version
            00          # flags
            00 68       # command
            00 00       # status
            00 00 00 07 # request id
            00 00 00 00 # body length
            """);
        answer.release();
    }

    @Test
    void takesATextMessageAsAPacketAndAnswersWithOne() {
        server.readMessage(text(PING_TEXT));
        assertThat(server.all()).containsExactly(PING);

        var answer = server.write(PONG, TextWebSocketFrame.class);
        assertThat(answer.text()).isEqualTo("{\"command\":\"PING\",\"requestId\":7,\"status\":\"OK\",\"body\":{}}");
        answer.release();
    }

    @Test
    void answersInTheFormOfTheFirstMessageWhateverFollows() {
        server.readMessage(text(PING_TEXT));
        server.readMessage(binary(PING_FRAME));
        assertThat(server.all()).containsExactly(PING, PING);

        var answer = server.write(PONG, WebSocketFrame.class);
        assertThat(answer).isInstanceOf(TextWebSocketFrame.class);
        answer.release();
    }

    @Test
    void refusesLessThanAFrameAtAnyByte() {
        for (var length = 0; length < PING_FRAME.length; length++) {
            var fresh = TestChannel.webSocketServer(memory.allocator(), Wire.ofServer(FrameLimits.DEFAULT));
            var part = binary(Arrays.copyOf(PING_FRAME, length));
            assertThatExceptionOfType(MalformedFrameException.class)
                    .as("%d bytes", length)
                    .isThrownBy(() -> fresh.readMessage(part))
                    .satisfies(malformed -> assertThat(malformed.code()).isEqualTo(ErrorCode.MALFORMED_FRAME));
            fresh.close();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 15, 16, 17})
    void refusesMoreThanAFrame(int more) {
        assertRefused(binary(Arrays.copyOf(PING_FRAME, PING_FRAME.length + more)), ErrorCode.MALFORMED_FRAME, 7);
    }

    @Test
    void refusesTwoFramesInAMessage() {
        var two = memory.allocator().buffer().writeBytes(PING_FRAME).writeBytes(PING_FRAME);
        assertRefused(new BinaryWebSocketFrame(two), ErrorCode.MALFORMED_FRAME, 7);
    }

    @Test
    void refusesAMalformedFrame() {
        assertRefused(binary(new byte[16]), ErrorCode.MALFORMED_FRAME, 0);
    }

    @Test
    void refusesMalformedTextInText() {
        assertRefused(text("{"), ErrorCode.MALFORMED_FRAME, 0);
        assertThat(wire.form()).isEqualTo(WireForm.TEXT);
    }

    @Test
    void refusesTextOverTheLimit() {
        var padding = " ".repeat(100 - PING_TEXT.length());
        server.readMessage(text(PING_TEXT + padding));
        assertThat(server.all()).containsExactly(PING);
        assertRefused(text(PING_TEXT + padding + " "), ErrorCode.FRAME_TOO_LARGE, 0);
    }

    @Test
    void takesMoreTextOnceThePeerIsKnown() {
        wire.loggedIn();
        server.readMessage(text(PING_TEXT + " ".repeat(200 - PING_TEXT.length())));
        assertThat(server.all()).containsExactly(PING);
    }

    @Test
    void livesOnAfterAnUnknownCommand() {
        server.readMessage(text("{\"command\":\"ABACUS\",\"requestId\":7}"));
        server.readMessage(text(PING_TEXT));
        assertThat(server.all()).containsExactly(new Request.Unknown(7, 0), PING);
    }

    @Test
    void pushesInText() {
        server.readMessage(text(PING_TEXT));
        server.all();
        var push =
                server.write(new EncodedPush(Command.GO_AWAY, ByteString.fromHex("0A0178")), TextWebSocketFrame.class);
        assertThat(push.text()).isEqualTo("{\"command\":\"GO_AWAY\",\"requestId\":0,\"body\":{\"address\":\"x\"}}");
        push.release();
    }

    private void assertRefused(WebSocketFrame message, ErrorCode code, int requestId) {
        assertThatExceptionOfType(MalformedFrameException.class)
                .isThrownBy(() -> server.readMessage(message))
                .satisfies(malformed -> {
                    assertThat(malformed.code()).isEqualTo(code);
                    assertThat(malformed.requestId()).isEqualTo(requestId);
                });
        server.readMessage(binary(PING_FRAME));
        server.readMessage(text(PING_TEXT));
        assertThat(server.all()).as("what came behind it").isEmpty();
    }

    private BinaryWebSocketFrame binary(byte[] bytes) {
        return new BinaryWebSocketFrame(
                memory.allocator().buffer(bytes.length + 1).writeBytes(bytes));
    }

    private TextWebSocketFrame text(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        return new TextWebSocketFrame(memory.allocator().buffer(bytes.length).writeBytes(bytes));
    }
}
