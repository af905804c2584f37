package im.magpie.codec.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import im.magpie.codec.frame.MalformedFrameException;
import im.magpie.codec.packet.Push;
import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.Command;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.ErrorDetail;
import im.magpie.codec.protocol.GoAway;
import im.magpie.codec.protocol.PingReply;
import im.magpie.codec.protocol.PingRequest;
import im.magpie.codec.protocol.SendReply;
import im.magpie.codec.protocol.SyncRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextFormTest {

    @Test
    void readsARequest() {
        assertThat(TextForm.readRequest("""
            { "command": "SYNC", "requestId": 7, "body": { "limit": 5 } }
            """))
                .isEqualTo(
                        new Request.Sync(7, SyncRequest.newBuilder().setLimit(5).build()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"command\":\"PING\"}",
                "{\"command\":104,\"requestId\":0}",
                "{\"body\":{},\"someday\":[{}],\"command\":\"PING\"}",
                "{\"command\":\"PING\",\"status\":\"OK\"}",
                "{\"command\":\"PING\",\"status\":0}",
            })
    void readsWhatIsLeftOutAsZeroAndIgnoresWhatItDoesNotKnow(String text) {
        assertThat(TextForm.readRequest(text)).isEqualTo(new Request.Ping(0, PingRequest.getDefaultInstance()));
    }

    @Test
    void requestIdsHave32UnsignedBits() {
        var ping = TextForm.readRequest("{\"command\":\"PING\",\"requestId\":4294967295}");
        assertThat(ping.requestId()).isEqualTo(-1);
        assertThat(TextForm.print(ping)).isEqualTo("{\"command\":\"PING\",\"requestId\":4294967295,\"body\":{}}");
    }

    @ParameterizedTest
    @CsvSource({
        "\"ABACUS\", 0",
        "\"UNRECOGNIZED\", 0",
        "\"COMMAND_UNSPECIFIED\", 0",
        "999, 999",
        "\"PUSH\", 202",
        "0, 0"
    })
    void anUnknownCommandIsAPacket(String command, int number) {
        assertThat(TextForm.readRequest("{\"command\":" + command + ",\"requestId\":7}"))
                .isEqualTo(new Request.Unknown(7, number));
    }

    @Test
    void printsReplies() {
        assertThat(TextForm.print(new Reply.SendOk(
                        7, SendReply.newBuilder().setSequence(5).build())))
                .isEqualTo("{\"command\":\"SEND\",\"requestId\":7,\"status\":\"OK\",\"body\":{\"sequence\":\"5\"}}");
        assertThat(TextForm.print(new Reply.PingOk(8, PingReply.getDefaultInstance())))
                .isEqualTo("{\"command\":\"PING\",\"requestId\":8,\"status\":\"OK\",\"body\":{}}");
    }

    @Test
    void printsFailures() {
        var busy = ErrorDetail.newBuilder()
                .setMessage("too \"much\"")
                .setRetryAfterMs(5)
                .build();
        assertThat(TextForm.print(new Reply.Failure(7, Command.SEND_VALUE, ErrorCode.BUSY, busy)))
                .isEqualTo("{\"command\":\"SEND\",\"requestId\":7,\"status\":\"BUSY\","
                        + "\"body\":{\"message\":\"too \\\"much\\\"\",\"retryAfterMs\":5}}");
        assertThat(TextForm.print(Reply.Failure.unknownCommand(new Request.Unknown(7, 999))))
                .startsWith("{\"command\":999,\"requestId\":7,\"status\":\"UNKNOWN_COMMAND\"");
        assertThat(TextForm.print(Reply.Failure.unknownCommand(new Request.Unknown(7, 0))))
                .startsWith("{\"command\":\"COMMAND_UNSPECIFIED\",\"requestId\":7,\"status\":\"UNKNOWN_COMMAND\"");
    }

    @Test
    void printsPushesWithoutAStatus() {
        assertThat(TextForm.print(
                        new Push.GoAway(GoAway.newBuilder().setAddress("h:1").build())))
                .isEqualTo("{\"command\":\"GO_AWAY\",\"requestId\":0,\"body\":{\"address\":\"h:1\"}}");
    }

    @Test
    void aClientTakesWhatANewerServerSays() {
        assertThat(TextForm.readServerPacket("{\"command\":\"ABACUS\",\"body\":{}}"))
                .isNull();
        assertThat(TextForm.readServerPacket("{\"command\":\"PING\",\"requestId\":7,\"status\":\"ABACUS\"}"))
                .isEqualTo(new Reply.Failure(
                        7, Command.PING_VALUE, ErrorCode.UNRECOGNIZED, ErrorDetail.getDefaultInstance()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "PING",
                "7",
                "[]",
                "{",
                "{}",
                "{\"command\":\"PING\"}}",
                "{\"command\":\"PING\"} {\"command\":\"PING\"}",
                "{\"command\":\"PING\",}",
                "{\"command\":\"PING\" \"requestId\":7}",
                "{'command':'PING'}",
                "{\"command\":null}",
                "{\"command\":{}}",
                "{\"command\":true}",
                "{\"command\":65536}",
                "{\"command\":-1}",
                "{\"command\":1.0}",
                "{\"command\":1e2}",
                "{\"command\":\"PING\",\"requestId\":-1}",
                "{\"command\":\"PING\",\"requestId\":4294967296}",
                "{\"command\":\"PING\",\"requestId\":99999999999999999999}",
                "{\"command\":\"PING\",\"requestId\":\"7\"}",
                "{\"command\":\"PING\",\"requestId\":null}",
                "{\"command\":\"PING\",\"status\":\"BUSY\"}",
                "{\"command\":\"PING\",\"status\":\"ABACUS\"}",
                "{\"command\":\"PING\",\"status\":1}",
                "{\"command\":\"\\ud83d\"}",
                "// no\n{\"command\":\"PING\"}",
            })
    void refusesWhatIsNoPacket(String text) {
        assertThat(refused(text).code()).isEqualTo(ErrorCode.MALFORMED_FRAME);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[]",
                "\"\"",
                "7",
                "{\"since\":7}",
                "{\"since\":[]}",
                "{\"limit\":\"x\"}",
                "{\"limit\":1.5}",
                "{\"limit\":2147483648}",
                "{\"since\":{\"epoch\":-1}}",
                "{\"since\":{\"epoch\":\"18446744073709551616\"}}",
            })
    void refusesWhatIsNoBodyOfItsCommand(String body) {
        var malformed = refused("{\"command\":\"SYNC\",\"requestId\":7,\"body\":" + body + "}");
        assertThat(malformed.code()).isEqualTo(ErrorCode.MALFORMED_BODY);
        assertThat(malformed.command()).isEqualTo(Command.SYNC_VALUE);
        assertThat(malformed.requestId()).isEqualTo(7);
    }

    @Test
    void refusesTextThatIsTooDeep() {
        var text = "{\"command\":\"PING\",\"body\":{\"someday\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}}";
        assertThat(refused(text).code()).isEqualTo(ErrorCode.MALFORMED_FRAME);
    }

    @Test
    void saysNothingOfABodyInItsComplaint() {
        assertThat(refused("{\"command\":\"SYNC\",\"body\":{\"limit\":\"secret\"}}")
                        .getMessage())
                .doesNotContain("secret");
        assertThat(refused("{\"secret\" secret").getMessage()).doesNotContain("secret");
    }

    @Test
    void aClientRefusesABodyThatItCanNotRead() {
        assertThatExceptionOfType(MalformedFrameException.class)
                .isThrownBy(() -> TextForm.readServerPacket("{\"command\":\"PUSH\",\"body\":{\"messages\":7}}"))
                .satisfies(malformed -> assertThat(malformed.code()).isEqualTo(ErrorCode.MALFORMED_BODY));
    }

    private static MalformedFrameException refused(String text) {
        try {
            throw new AssertionError("taken as " + TextForm.readRequest(text));
        } catch (MalformedFrameException e) {
            return e;
        }
    }
}
