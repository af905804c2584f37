package im.magpie.codec.document;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.codec.FrameDump;
import im.magpie.codec.LeakCheck;
import im.magpie.codec.TestChannel;
import im.magpie.codec.conversation.ConversationId;
import im.magpie.codec.frame.FrameLimits;
import im.magpie.codec.frame.Wire;
import im.magpie.codec.frame.WireForm;
import im.magpie.codec.id.UuidV7;
import im.magpie.codec.json.TextForm;
import im.magpie.codec.packet.Packet;
import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Request;
import im.magpie.codec.packet.ServerPacket;
import im.magpie.codec.protocol.ClientType;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.IndexVersion;
import im.magpie.codec.protocol.LoginReply;
import im.magpie.codec.protocol.LoginRequest;
import java.io.ByteArrayOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whoever types the examples of PROTOCOL.md sends and gets what it says. */
class ExamplesTest {

    private static final String ON_A_SOCKET = "A LOGIN on a plain socket";
    private static final Pattern PRINTF = Pattern.compile("printf '([^']*)'");
    private static final Pattern USERS = Pattern.compile("\\| `(\\w+)`, `(\\w+)` \\| `([\\w~]+)` \\|");

    @RegisterExtension
    final LeakCheck memory = new LeakCheck();

    private final ProtocolDocument document = new ProtocolDocument();

    @Test
    void theLoginFrameIsTheCodecs() {
        var login = new Request.Login(
                1,
                LoginRequest.newBuilder()
                        .setAppId("demo")
                        .setUserId("alice")
                        .setUserSig("not-a-token")
                        .setClientType(ClientType.LINUX)
                        .setDeviceId("shell")
                        .build());
        var frame = FrameDump.bytes(example(0));
        assertThat(client().bytes(login)).isEqualTo(frame);
        assertThat(printed(example(1))).isEqualTo(frame);
    }

    @Test
    void theReplyFramesAreTheCodecs() {
        var client = client();
        client.read(FrameDump.bytes(example(2)));
        client.read(FrameDump.bytes(example(3)));

        var refusal = client.next(Reply.Failure.class);
        assertThat(refusal.code()).isEqualTo(ErrorCode.USER_SIG_INVALID);
        assertThat(refusal.detail().getMessage()).isEqualTo("not a token");
        assertThat(client.next(Reply.LoginOk.class))
                .isEqualTo(new Reply.LoginOk(
                        1,
                        LoginReply.newBuilder()
                                .setServerTime(1_750_000_000_000L)
                                .setIndexVersion(
                                        IndexVersion.newBuilder().setEpoch(1).setCounter(12))
                                .setHeartbeatIntervalMs(15_000)
                                .setMaxBodyBytes(1_048_576)
                                .setNodeId("gateway-1")
                                .build()));
    }

    @Test
    void theHeaderBeforeTheJsonBodyIsALogins() {
        var header = printed(example(4).lines().skip(2).findFirst().orElseThrow());
        try (var server = TestChannel.server(memory.allocator(), Wire.ofServer(FrameLimits.DEFAULT))) {
            server.read(header);
            server.read((byte) 0, (byte) 2, (byte) '{', (byte) '}');
            assertThat(server.next(Request.Login.class).requestId()).isEqualTo(1);
        }
    }

    @Test
    void theTextMessagesAreTheCodecs() {
        var lines = document.examples("A conversation in text messages")
                .getFirst()
                .lines()
                .toList();
        assertThat(lines).isNotEmpty().allSatisfy(line -> {
            var text = line.substring(2);
            var packet = line.startsWith("> ") ? TextForm.readRequest(text) : TextForm.readServerPacket(text);
            assertThat(packet).isNotNull().isNotInstanceOf(Request.Unknown.class);
            if (packet instanceof ServerPacket) {
                assertThat(TextForm.print(packet)).isEqualTo(text);
            }
            requireValidNames(packet);
        });
    }

    @Test
    void conversationIdsAreThoseOfTheRule() {
        var examples = document.lines("8. Names and ids")
                .map(USERS::matcher)
                .filter(Matcher::matches)
                .toList();
        assertThat(examples)
                .hasSize(3)
                .allSatisfy(example -> assertThat(ConversationId.privateBetween(example.group(1), example.group(2)))
                        .hasToString(example.group(3)));
    }

    private static void requireValidNames(Packet packet) {
        // The last one shows what a wrong conversation gets.
        if (packet instanceof Request.Send send && send.requestId() != 6) {
            UuidV7.parse(send.body().getClientMessageId());
            ConversationId.parse(send.body().getConversationId());
        }
    }

    private String example(int index) {
        return document.examples(ON_A_SOCKET).get(index);
    }

    private TestChannel client() {
        return TestChannel.client(memory.allocator(), Wire.ofClient(FrameLimits.DEFAULT, WireForm.PROTOBUF, false));
    }

    /** Returns what the first printf of a shell command writes. */
    private static byte[] printed(String command) {
        var matcher = PRINTF.matcher(command);
        assertThat(matcher.find()).isTrue();
        var format = matcher.group(1);
        var bytes = new ByteArrayOutputStream();
        for (var i = 0; i < format.length(); i++) {
            if (format.charAt(i) == '\\') {
                bytes.write(Integer.parseInt(format.substring(i + 1, i + 4), 8));
                i += 3;
            } else {
                bytes.write(format.charAt(i));
            }
        }
        return bytes.toByteArray();
    }
}
