package im.magpie.codec.packet;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.codec.LeakCheck;
import im.magpie.codec.TestChannel;
import im.magpie.codec.frame.FrameLimits;
import im.magpie.codec.frame.Wire;
import im.magpie.codec.frame.WireForm;
import im.magpie.codec.json.TextForm;
import im.magpie.codec.protocol.Command;
import java.util.EnumSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every packet, with every field at each of its limits, comes out as it went in. */
class RoundTripTest {

    private static final FrameLimits LIMITS = FrameLimits.constant(16 * 1024 * 1024);

    @RegisterExtension
    final LeakCheck memory = new LeakCheck();

    @ParameterizedTest
    @CsvSource({"PROTOBUF, false", "PROTOBUF, true", "JSON, false", "JSON, true"})
    void requestsAsFrames(WireForm form, boolean compressing) {
        try (var client = client(form, compressing);
                var server = TestChannel.server(memory.allocator(), Wire.ofServer(LIMITS))) {
            Samples.requests().forEach(request -> {
                server.read(client.bytes(request));
                assertThat(server.next(Request.class)).isEqualTo(request);
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"PROTOBUF, false", "PROTOBUF, true", "JSON, false", "JSON, true"})
    void repliesAndPushesAsFrames(WireForm form, boolean compressing) {
        var wire = Wire.ofServer(LIMITS);
        wire.adopt(form, compressing);
        try (var client = client(form, compressing);
                var server = TestChannel.server(memory.allocator(), wire)) {
            Samples.serverPackets().forEach(packet -> {
                client.read(server.bytes(packet));
                assertThat(client.next(ServerPacket.class)).isEqualTo(packet);
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"PROTOBUF", "JSON"})
    void encodedPushesAsFrames(WireForm form) {
        var wire = Wire.ofServer(LIMITS);
        wire.adopt(form, false);
        try (var client = client(form, false);
                var server = TestChannel.server(memory.allocator(), wire)) {
            pushes().forEach(push -> {
                client.read(
                        server.bytes(new EncodedPush(push.command(), push.body().toByteString())));
                assertThat(client.next(ServerPacket.class)).isEqualTo(push);
            });
        }
    }

    @Test
    void requestsAsText() {
        Samples.requests()
                .forEach(request -> assertThat(TextForm.readRequest(TextForm.print(request)))
                        .isEqualTo(request));
    }

    @Test
    void repliesAndPushesAsText() {
        Samples.serverPackets()
                .forEach(packet -> assertThat(TextForm.readServerPacket(TextForm.print(packet)))
                        .isEqualTo(packet));
        pushes().forEach(push -> {
            var text =
                    TextForm.print(new EncodedPush(push.command(), push.body().toByteString()));
            assertThat(TextForm.readServerPacket(text)).isEqualTo(push);
        });
    }

    @Test
    void leavesNoCommandOut() {
        var commands = Stream.concat(Samples.requests(), Samples.serverPackets())
                .map(Packet::command)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Command.class)));
        assertThat(EnumSet.complementOf(commands))
                .containsExactlyInAnyOrder(Command.COMMAND_UNSPECIFIED, Command.UNRECOGNIZED);
    }

    private TestChannel client(WireForm form, boolean compressing) {
        return TestChannel.client(memory.allocator(), Wire.ofClient(LIMITS, form, compressing));
    }

    private static Stream<Push> pushes() {
        return Samples.serverPackets().filter(Push.class::isInstance).map(Push.class::cast);
    }
}
