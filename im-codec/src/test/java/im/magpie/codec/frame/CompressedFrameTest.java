package im.magpie.codec.frame;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.codec.FrameDump;
import im.magpie.codec.LeakCheck;
import im.magpie.codec.TestChannel;
import im.magpie.codec.protocol.ErrorCode;
import io.netty.buffer.ByteBufUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompressedFrameTest {

    private static final int LIMIT = 10_000;

    @RegisterExtension
    final LeakCheck memory = new LeakCheck();

    private final Wire wire = Wire.ofServer(FrameLimits.constant(LIMIT));

    @Test
    void readsACompressedBody() {
        var body = FrameDump.bytes("""
            78 9C          # zlib, default window and level
            4B 4C 4A 06 00 # "abc", one final block
            02 4D 01 27    # Adler-32
            """);
        assertThat(read(body)).isEqualTo("abc".getBytes(StandardCharsets.US_ASCII));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255, 256, 257, 1_000, LIMIT - 1, LIMIT})
    void readsBodiesUpToTheLimit(int size) {
        var body = new byte[size];
        assertThat(read(deflate(body))).isEqualTo(body);
    }

    @Test
    void readsWhatDoesNotCompress() {
        var body = new byte[LIMIT / 2];
        new Random(1).nextBytes(body);
        assertThat(read(deflate(body))).isEqualTo(body);
    }

    @Test
    void refusesWhatGrowsOverTheLimit() {
        assertThat(refused(deflate(new byte[LIMIT + 1])).code()).isEqualTo(ErrorCode.FRAME_TOO_LARGE);
    }

    @Test
    void refusesABombWithoutUnpackingIt() {
        var bomb = deflate(new byte[8_000_000]);
        assertThat(bomb.length).isLessThan(LIMIT);
        assertThat(refused(bomb).code()).isEqualTo(ErrorCode.FRAME_TOO_LARGE);
    }

    @Test
    void refusesGarbage() {
        var garbage = new byte[500];
        new Random(2).nextBytes(garbage);
        var malformed = refused(garbage);
        assertThat(malformed.code()).isEqualTo(ErrorCode.MALFORMED_FRAME);
        assertThat(malformed.command()).isEqualTo(201);
        assertThat(malformed.requestId()).isEqualTo(7);
    }

    @Test
    void refusesABodyThatEndsAnywhereBeforeItsEnd() {
        var whole = deflate("a body that is cut off at every one of its bytes".getBytes(StandardCharsets.UTF_8));
        for (var length = 0; length < whole.length; length++) {
            assertThat(refused(Arrays.copyOf(whole, length)).code())
                    .as("after %d bytes", length)
                    .isEqualTo(ErrorCode.MALFORMED_FRAME);
        }
    }

    @Test
    void refusesBytesBehindTheCompressedBody() {
        var whole = deflate(new byte[10]);
        assertThat(refused(Arrays.copyOf(whole, whole.length + 1)).code()).isEqualTo(ErrorCode.MALFORMED_FRAME);
    }

    @Test
    void refusesAPresetDictionary() {
        var deflater = new Deflater();
        deflater.setDictionary(new byte[] {1, 2, 3});
        deflater.setInput(new byte[] {1, 2, 3});
        deflater.finish();
        var out = new byte[100];
        var length = deflater.deflate(out);
        deflater.end();
        assertThat(refused(Arrays.copyOf(out, length)).code()).isEqualTo(ErrorCode.MALFORMED_FRAME);
    }

    private byte[] read(byte[] compressed) {
        try (var channel = TestChannel.frames(memory.allocator(), wire)) {
            channel.read(frame(compressed));
            var frame = channel.next(Frame.class);
            try {
                assertThat(frame.compressed()).isTrue();
                return ByteBufUtil.getBytes(frame.body());
            } finally {
                frame.release();
            }
        }
    }

    private MalformedFrameException refused(byte[] compressed) {
        try (var channel = TestChannel.frames(memory.allocator(), Wire.ofServer(FrameLimits.constant(LIMIT)))) {
            channel.read(frame(compressed));
            throw new AssertionError("taken");
        } catch (MalformedFrameException e) {
            return e;
        }
    }

    private static byte[] frame(byte[] body) {
        var frame = new ByteArrayOutputStream();
        frame.writeBytes(FrameDump.bytes("""
            49 4D       # magic
            01          # version
            04          # flags: compressed
            00 C9       # command
            00 00       # status
            00 00 00 07 # request id
            %08X        # body length
            """.formatted(body.length)));
        frame.writeBytes(body);
        return frame.toByteArray();
    }

    private static byte[] deflate(byte[] body) {
        var out = new ByteArrayOutputStream();
        try (var deflater = new DeflaterOutputStream(out)) {
            deflater.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
