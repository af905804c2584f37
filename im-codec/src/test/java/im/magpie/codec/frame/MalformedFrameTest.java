package im.magpie.codec.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import im.magpie.codec.FrameDump;
import im.magpie.codec.LeakCheck;
import im.magpie.codec.TestChannel;
import im.magpie.codec.protocol.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MalformedFrameTest {

    private static final FrameLimits LIMITS = new FrameLimits(100, 200);
    private static final byte[] GOOD_FRAME = header(0x00, 0);

    @RegisterExtension
    final LeakCheck memory = new LeakCheck();

    private final Wire wire = Wire.ofServer(LIMITS);

    @ParameterizedTest
    @ValueSource(strings = {"48 4D", "49 4E", "4D 49", "47 45" /* "GE", of GET */})
    void refusesAnotherMagic(String magic) {
        var malformed = refused(FrameDump.bytes(magic + """
                        # not the magic
            01          # version
            00          # flags
            00 C9       # command
            00 00       # status
            00 00 00 07 # request id
            00 00 00 00 # body length
            """));
        assertThat(malformed.code()).isEqualTo(ErrorCode.MALFORMED_FRAME);
        assertThat(malformed.command()).isZero();
        assertThat(malformed.requestId()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "02", "FF"})
    void refusesAnotherVersion(String version) {
        var malformed = refused(FrameDump.bytes("49 4D" + version + """
                        # magic, not the version
            00          # flags
            00 C9       # command
            00 00       # status
            00 00 00 07 # request id
            00 00 00 00 # body length
            """));
        assertThat(malformed.code()).isEqualTo(ErrorCode.UNSUPPORTED_VERSION);
        assertThat(malformed.requestId())
                .as("whatever lies there in that version")
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0b10, 0b11, 0b110, 0b1000, 0b1_0000, 0b10_0000, 0b100_0000, 0b1000_0000, 0xFF})
    void refusesUnknownFlags(int flags) {
        var malformed = refused(header(flags, 0));
        assertThat(malformed.code()).isEqualTo(ErrorCode.MALFORMED_FRAME);
        assertThat(malformed.command()).isEqualTo(201);
        assertThat(malformed.requestId()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({"101", "201", "2147483647", "-1", "-2147483648"})
    void refusesALengthOverTheLimit(int length) {
        var malformed = refused(header(0, length));
        assertThat(malformed.code()).isEqualTo(ErrorCode.FRAME_TOO_LARGE);
        assertThat(malformed.command()).isEqualTo(201);
        assertThat(malformed.requestId()).isEqualTo(7);
    }

    @Test
    void takesMoreOnceThePeerIsKnown() {
        wire.loggedIn();
        try (var channel = TestChannel.frames(memory.allocator(), wire)) {
            channel.read(header(0, 200));
            channel.read(new byte[200]);
            var frame = channel.next(Frame.class);
            assertThat(frame.body().readableBytes()).isEqualTo(200);
            frame.release();
            assertThatExceptionOfType(MalformedFrameException.class).isThrownBy(() -> channel.read(header(0, 201)));
        }
    }

    @Test
    void takesABodyOfExactlyTheLimit() {
        try (var channel = TestChannel.frames(memory.allocator(), wire)) {
            channel.read(header(0, 100));
            channel.read(new byte[100]);
            var frame = channel.next(Frame.class);
            frame.release();
        }
    }

    @Test
    void complainsOnceAndDiscardsTheRest() {
        try (var channel = TestChannel.frames(memory.allocator(), wire)) {
            assertThatExceptionOfType(MalformedFrameException.class).isThrownBy(() -> channel.read(new byte[40]));
            channel.read(GOOD_FRAME);
            channel.read(new byte[40]);
            assertThat(channel.all()).isEmpty();
            assertThat(wire.broken()).isTrue();
        }
    }

    @Test
    void givesTheGoodFramesThatCameBeforeInTheSameRead() {
        var bytes =
                memory.allocator().buffer().writeBytes(GOOD_FRAME).writeZero(16).writeBytes(GOOD_FRAME);
        try (var channel = TestChannel.frames(memory.allocator(), wire)) {
            assertThatExceptionOfType(MalformedFrameException.class).isThrownBy(() -> channel.readMessage(bytes));
            var frame = channel.next(Frame.class);
            frame.release();
            assertThat(channel.all()).isEmpty();
        }
    }

    private MalformedFrameException refused(byte[] bytes) {
        try (var channel = TestChannel.frames(memory.allocator(), wire)) {
            channel.read(bytes);
            throw new AssertionError("taken");
        } catch (MalformedFrameException e) {
            assertThat(wire.broken()).isTrue();
            return e;
        }
    }

    private static byte[] header(int flags, int length) {
        return FrameDump.bytes("""
            49 4D       # magic
            01          # version
            %02X        # flags
            00 C9       # command
            00 00       # status
            00 00 00 07 # request id
            %08X        # body length
            """.formatted(flags, length));
    }
}
