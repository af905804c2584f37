package im.magpie.codec.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import im.magpie.codec.FrameDump;
import im.magpie.codec.LeakCheck;
import im.magpie.codec.TestChannel;
import im.magpie.codec.frame.FrameLimits;
import im.magpie.codec.frame.MalformedFrameException;
import im.magpie.codec.frame.Wire;
import im.magpie.codec.frame.WireForm;
import im.magpie.codec.protocol.Command;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.ErrorDetail;
import im.magpie.codec.protocol.LogoutReply;
import im.magpie.codec.protocol.PingRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReplyDecoderTest {

    @RegisterExtension
    final LeakCheck memory = new LeakCheck();

    private final Wire wire = Wire.ofClient(FrameLimits.DEFAULT, WireForm.PROTOBUF, false);
    private TestChannel client = TestChannel.client(memory.allocator(), wire);

    @BeforeEach
    void open() {
        client = TestChannel.client(memory.allocator(), wire);
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void ignoresWhatANewerServerPushes() {
        client.read(frame(999, 0, "FF"));
        client.read(frame(Command.PUSH_ACK_VALUE, 0, "FF"));
        client.read(frame(Command.LOGOUT_VALUE, 0, ""));
        assertThat(client.all()).containsExactly(new Reply.LogoutOk(7, LogoutReply.getDefaultInstance()));
    }

    @Test
    void takesAnErrorCodeThatItDoesNotKnow() {
        client.read(frame(Command.LOGOUT_VALUE, 9_999, ""));
        assertThat(client.all())
                .containsExactly(new Reply.Failure(
                        7, Command.LOGOUT_VALUE, ErrorCode.UNRECOGNIZED, ErrorDetail.getDefaultInstance()));
    }

    @Test
    void takesTheFailureOfACommandThatItDoesNotKnow() {
        client.read(frame(999, ErrorCode.UNKNOWN_COMMAND_VALUE, ""));
        var failure = client.next(Reply.Failure.class);
        assertThat(failure.command()).isEqualTo(Command.UNRECOGNIZED);
        assertThat(failure.commandNumber()).isEqualTo(999);
        assertThat(failure.status()).isEqualTo(ErrorCode.UNKNOWN_COMMAND);
    }

    @Test
    void discardsAllBehindABodyThatItCanNotRead() {
        assertThatExceptionOfType(MalformedFrameException.class)
                .isThrownBy(() -> client.read(frame(Command.PUSH_VALUE, 0, "0A")))
                .satisfies(malformed -> assertThat(malformed.code()).isEqualTo(ErrorCode.MALFORMED_BODY));
        client.read(frame(Command.LOGOUT_VALUE, 0, ""));
        assertThat(client.all()).isEmpty();
    }

    @Test
    void aFailureSaysWhatFailedAndWhenToTryAgain() {
        var ping = new Request.Ping(3, PingRequest.getDefaultInstance());
        var busy = Reply.Failure.of(ping, ErrorCode.BUSY, "too much", 250);
        assertThat(busy)
                .isEqualTo(new Reply.Failure(
                        3,
                        Command.PING_VALUE,
                        ErrorCode.BUSY,
                        ErrorDetail.newBuilder()
                                .setMessage("too much")
                                .setRetryAfterMs(250)
                                .build()));
        assertThat(busy.command()).isEqualTo(Command.PING);
        assertThatIllegalArgumentException().isThrownBy(() -> Reply.Failure.of(ping, ErrorCode.OK, "fine"));
    }

    private static byte[] frame(int command, int status, String body) {
        return FrameDump.bytes("""
            49 4D       # magic
            01          # version
            00          # flags
            %04X        # command
            %04X        # status
            00 00 00 07 # request id
            %08X        # body length
            %s
            """.formatted(command, status, FrameDump.bytes(body).length, body));
    }
}
