package im.magpie.codec.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import im.magpie.codec.FrameDump;
import im.magpie.codec.LeakCheck;
import im.magpie.codec.TestChannel;
import im.magpie.codec.frame.FrameLimits;
import im.magpie.codec.frame.MalformedFrameException;
import im.magpie.codec.frame.Wire;
import im.magpie.codec.frame.WireForm;
import im.magpie.codec.protocol.Command;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.PingRequest;
import im.magpie.codec.protocol.SyncRequest;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestDecoderTest {

    private static final int PROTOBUF = 0;
    private static final int JSON = 1;
    private static final byte[] PING = frame(PROTOBUF, Command.PING_VALUE, 0, "");

    @RegisterExtension
    final LeakCheck memory = new LeakCheck();

    private final Wire wire = Wire.ofServer(FrameLimits.DEFAULT);
    private TestChannel server = TestChannel.server(memory.allocator(), wire);

    @BeforeEach
    void open() {
        server = TestChannel.server(memory.allocator(), wire);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 199, 999, 65_535, Command.KICKED_VALUE, Command.PUSH_VALUE, Command.RECEIPT_VALUE})
    void livesOnAfterACommandThatNoClientMaySend(int command) {
        server.read(frame(PROTOBUF, command, 0, "FF FF"));
        server.read(PING);

        var unknown = new Request.Unknown(7, command);
        assertThat(server.all()).containsExactly(unknown, new Request.Ping(7, PingRequest.getDefaultInstance()));
        assertThat(wire.broken()).isFalse();
        assertThat(Reply.Failure.unknownCommand(unknown))
                .extracting(Reply.Failure::requestId, Reply.Failure::commandNumber, Reply.Failure::code)
                .containsExactly(7, command, ErrorCode.UNKNOWN_COMMAND);
    }

    @Test
    void ignoresFieldsThatItDoesNotKnow() {
        server.read(frame(PROTOBUF, Command.SYNC_VALUE, 0, """
            10 05       # limit = 5
            F8 07 01    # field 127 = 1
            """));
        server.read(
                json(Command.SYNC_VALUE, "{\"limit\":5,\"someday\":{\"a\":[1]},\"since\":{\"epoch\":\"1\",\"x\":1}}"));
        var first = server.next(Request.Sync.class);
        var second = server.next(Request.Sync.class);
        assertThat(first).extracting(sync -> sync.body().getLimit()).isEqualTo(5);
        assertThat(second)
                .isNotNull()
                .extracting(sync -> sync.body().getSince().getEpoch())
                .isEqualTo(1L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0A", // a tag and no length
                "0A 05 61", // cut off in the middle of a string
                "0A 02 C3 28", // a string that is not UTF-8
                "0A FF FF FF FF 0F", // a string of negative length
                "00", // field 0
                "0F", // no such wire type
                "10 FF FF FF FF FF FF FF FF FF FF 01", // a varint of more than ten bytes
                "0C", // the end of a group that did not begin
            })
    void refusesWhatIsNoProtobuf(String body) {
        assertMalformed(frame(PROTOBUF, Command.LOGIN_VALUE, 0, body), ErrorCode.MALFORMED_BODY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[]",
                "null",
                "\"text\"",
                "{}{}",
                "{} x",
                "{\"appId\":5,}",
                "{'appId':'x'}",
                "{appId:\"x\"}",
                "{\"appId\":{}}",
                "{\"appId\":[\"x\"]}",
                "{\"appId\":\"\\ud83d\"}",
                "/* */ {}",
            })
    void refusesWhatIsNoJsonOfThatMessage(String body) {
        assertMalformed(json(Command.LOGIN_VALUE, body), ErrorCode.MALFORMED_BODY);
    }

    @Test
    void refusesGroupsWithoutEnd() {
        assertMalformed(frame(PROTOBUF, Command.LOGIN_VALUE, 0, "0B ".repeat(60_000)), ErrorCode.MALFORMED_BODY);
    }

    @Test
    void refusesJsonThatIsNotUtf8() {
        // {"appId":"(a lone continuation byte)"}
        assertMalformed(
                frame(JSON, Command.LOGIN_VALUE, 0, "7B 22 61 70 70 49 64 22 3A 22 80 22 7D"),
                ErrorCode.MALFORMED_BODY);
    }

    @Test
    void refusesAStatus() {
        assertMalformed(frame(PROTOBUF, Command.PING_VALUE, 1, ""), ErrorCode.MALFORMED_FRAME);
    }

    @Test
    void takesAnEmptyJsonBodyAsTheEmptyMessage() {
        server.read(json(Command.SYNC_VALUE, ""));
        assertThat(server.all()).containsExactly(new Request.Sync(7, SyncRequest.getDefaultInstance()));
    }

    @Test
    void takesItsFormFromTheFirstPacketEvenIfThatIsMalformed() {
        assertThatExceptionOfType(MalformedFrameException.class)
                .isThrownBy(() -> server.read(json(Command.LOGIN_VALUE, "{")));
        assertThat(wire.form()).isEqualTo(WireForm.JSON);
    }

    @Test
    void takesItsFormFromTheFirstPacketOnly() {
        server.read(PING);
        server.read(json(Command.PING_VALUE, "{}"));
        assertThat(server.all()).hasSize(2);
        assertThat(wire.form()).isEqualTo(WireForm.PROTOBUF);
    }

    private void assertMalformed(byte[] frame, ErrorCode code) {
        assertThatExceptionOfType(MalformedFrameException.class)
                .isThrownBy(() -> server.read(frame))
                .satisfies(malformed -> assertThat(Reply.Failure.of(malformed))
                        .extracting(Reply.Failure::requestId, Reply.Failure::code)
                        .containsExactly(7, code));
        server.read(PING);
        assertThat(server.all()).as("what came behind it").isEmpty();
    }

    private static byte[] json(int command, String body) {
        return frame(JSON, command, 0, HexFormat.of().formatHex(body.getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] frame(int flags, int command, int status, String body) {
        return FrameDump.bytes("""
            49 4D       # magic
            01          # version
            %02X        # flags
            %04X        # command
            %04X        # status
            00 00 00 07 # request id
            %08X        # body length
            %s
            """.formatted(flags, command, status, FrameDump.bytes(body).length, body));
    }
}
