package im.magpie.codec.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.google.protobuf.ByteString;
import im.magpie.codec.FrameDump;
import im.magpie.codec.LeakCheck;
import im.magpie.codec.TestChannel;
import im.magpie.codec.frame.FrameLimits;
import im.magpie.codec.frame.Wire;
import im.magpie.codec.frame.WireForm;
import im.magpie.codec.protocol.Command;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.ErrorDetail;
import im.magpie.codec.protocol.MessageContent;
import im.magpie.codec.protocol.SendReply;
import im.magpie.codec.protocol.SendRequest;
import im.magpie.codec.protocol.TextContent;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PacketEncoderTest {

    private static final Reply.SendOk SEND_OK = new Reply.SendOk(
            7, SendReply.newBuilder().setMessageId("c:5").setSequence(5).build());

    @RegisterExtension
    final LeakCheck memory = new LeakCheck();

    @Test
    void writesARequest() {
        var send = new Request.Send(
                0xFFFFFFFE,
                SendRequest.newBuilder()
                        .setConversationId("c")
                        .setContent(MessageContent.newBuilder()
                                .setText(TextContent.newBuilder().setText("hi")))
                        .build());
        assertThat(dump(WireForm.PROTOBUF, send)).isEqualTo("""
            49 4D       # magic
            01          # version
            00          # flags
            00 C9       # command
            00 00       # status
            FF FF FF FE # request id
            00 00 00 0B # body length
            0A 01 63 1A 06 0A 04 0A 02 68 69 # body
            """);
    }

    @Test
    void writesAReply() {
        assertThat(dump(WireForm.PROTOBUF, SEND_OK)).isEqualTo("""
            49 4D       # magic
            01          # version
            00          # flags
            00 C9       # command
            00 00       # status
            00 00 00 07 # request id
            00 00 00 07 # body length
            0A 03 63 3A 35 10 05 # body
            """);
    }

    @Test
    void writesAReplyWithAJsonBody() {
        var body = "{\"messageId\":\"c:5\",\"sequence\":\"5\"}";
        assertThat(dump(WireForm.JSON, SEND_OK)).isEqualTo("""
            49 4D       # magic
            01          # version
            01          # flags
            00 C9       # command
            00 00       # status
            00 00 00 07 # request id
            00 00 00 22 # body length
            %s # body
            """.formatted(
                        HexFormat.ofDelimiter(" ").withUpperCase().formatHex(body.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void writesAFailureOfACommandThatNobodyKnows() {
        var failure = new Reply.Failure(
                9,
                999,
                ErrorCode.UNKNOWN_COMMAND,
                ErrorDetail.newBuilder().setRetryAfterMs(1).build());
        assertThat(dump(WireForm.PROTOBUF, failure)).isEqualTo("""
            49 4D       # magic
            01          # version
            00          # flags
            03 E7       # command
            00 68       # status
            00 00 00 09 # request id
            00 00 00 02 # body length
            10 01       # body
            """);
    }

    @Test
    void writesTheBytesOfAnEncodedPushAsTheyAre() {
        // Nothing that protobuf could read.
        var push = new EncodedPush(Command.PUSH, ByteString.copyFrom(new byte[] {-1, -1}));
        assertThat(dump(WireForm.PROTOBUF, push)).isEqualTo("""
            49 4D       # magic
            01          # version
            00          # flags
            00 CA       # command
            00 00       # status
            00 00 00 00 # request id
            00 00 00 02 # body length
            FF FF       # body
            """);
        assertThatIllegalStateException().isThrownBy(push::body);
    }

    @ParameterizedTest
    @EnumSource(names = {"LOGIN", "PUSH_ACK", "COMMAND_UNSPECIFIED", "UNRECOGNIZED"})
    void noOtherCommandIsAnEncodedPush(Command command) {
        assertThatIllegalArgumentException().isThrownBy(() -> new EncodedPush(command, ByteString.EMPTY));
    }

    @Test
    void compressesLargeBodiesForThoseWhoAsked() {
        assertThat(flags(true, new byte[PacketEncoder.COMPRESSION_THRESHOLD])).isEqualTo(0b100);
        assertThat(flags(true, new byte[PacketEncoder.COMPRESSION_THRESHOLD - 1]))
                .isZero();
        assertThat(flags(false, new byte[PacketEncoder.COMPRESSION_THRESHOLD])).isZero();
    }

    @Test
    void leavesABodyThatCompressionWouldNotShrink() {
        var noise = new byte[5_000];
        new Random(3).nextBytes(noise);
        assertThat(flags(true, noise)).isZero();
    }

    private int flags(boolean compressing, byte[] body) {
        var wire = Wire.ofServer(FrameLimits.DEFAULT);
        wire.adopt(WireForm.PROTOBUF, compressing);
        try (var server = TestChannel.server(memory.allocator(), wire)) {
            return server.bytes(new EncodedPush(Command.PUSH, ByteString.copyFrom(body)))[3];
        }
    }

    private String dump(WireForm form, Packet packet) {
        var wire = Wire.ofServer(FrameLimits.DEFAULT);
        wire.adopt(form, false);
        try (var server = TestChannel.server(memory.allocator(), wire)) {
            var written = server.write(packet, ByteBuf.class);
            var dump = FrameDump.of(written);
            written.release();
            return dump;
        }
    }
}
