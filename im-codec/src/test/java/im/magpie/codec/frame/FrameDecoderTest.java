package im.magpie.codec.frame;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.codec.Chunks;
import im.magpie.codec.FrameDump;
import im.magpie.codec.LeakCheck;
import im.magpie.codec.TestChannel;
import io.netty.buffer.ByteBufUtil;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FrameDecoderTest {

    private static final byte[] FRAME = FrameDump.bytes("""
        49 4D       # magic
        01          # version
        01          # flags: JSON
        00 C9       # command: SEND
        01 2C       # status: INVALID_REQUEST
        89 AB CD EF # request id
        00 00 00 03 # body length
        61 62 63    # body
        """);

    private static final byte[] EMPTY_FRAME = FrameDump.bytes("""
        49 4D       # magic
        01          # version
        00          # flags
        FF FF       # command
        FF FF       # status
        FF FF FF FF # request id
        00 00 00 00 # body length
        """);

    private static final String SHOWN = "JSON plain 201 300 89abcdef [616263]";
    private static final String EMPTY_SHOWN = "PROTOBUF plain 65535 65535 ffffffff []";

    @RegisterExtension
    final LeakCheck memory = new LeakCheck();

    @Test
    void readsEveryField() {
        assertThat(decode(List.of(FRAME))).containsExactly(SHOWN);
    }

    @Test
    void readsTheLargestNumbersAndNoBody() {
        assertThat(decode(List.of(EMPTY_FRAME))).containsExactly(EMPTY_SHOWN);
    }

    @Test
    void readsFramesThatCameTogether() {
        assertThat(decode(List.of(join(FRAME, EMPTY_FRAME, FRAME)))).containsExactly(SHOWN, EMPTY_SHOWN, SHOWN);
    }

    @Test
    void readsFramesThatWereSplitAtAnyByte() {
        var bytes = join(FRAME, EMPTY_FRAME);
        for (var split = 0; split <= bytes.length; split++) {
            var pieces = List.of(Arrays.copyOf(bytes, split), Arrays.copyOfRange(bytes, split, bytes.length));
            assertThat(decode(pieces)).as("split at %d", split).containsExactly(SHOWN, EMPTY_SHOWN);
        }
    }

    @Test
    void readsFramesByteByByte() {
        var pieces = new ArrayList<byte[]>();
        for (var b : join(FRAME, EMPTY_FRAME)) {
            pieces.add(new byte[] {b});
        }
        assertThat(decode(pieces)).containsExactly(SHOWN, EMPTY_SHOWN);
    }

    @Test
    void readsFramesInAnyPieces() {
        var chunks = new Chunks();
        var random = chunks.random();
        for (var round = 0; round < 200; round++) {
            var bytes = new ByteArrayOutputStream();
            var expected = new ArrayList<String>();
            for (var frame = random.nextInt(1, 12); frame > 0; frame--) {
                var full = random.nextBoolean();
                bytes.writeBytes(full ? FRAME : EMPTY_FRAME);
                expected.add(full ? SHOWN : EMPTY_SHOWN);
            }
            assertThat(decode(chunks.of(bytes.toByteArray(), 40)))
                    .as("%s, round %d", chunks, round)
                    .isEqualTo(expected);
        }
    }

    @Test
    void keepsNothingOfAFrameThatNeverEnds() {
        assertThat(decode(List.of(Arrays.copyOf(FRAME, FRAME.length - 1)))).isEmpty();
        assertThat(decode(List.of(Arrays.copyOf(FRAME, 5)))).isEmpty();
    }

    @Test
    void givesTheBodyWithoutCopyingIt() {
        try (var channel = TestChannel.frames(memory.allocator(), Wire.ofServer(FrameLimits.DEFAULT))) {
            var bytes = memory.allocator().buffer().writeBytes(FRAME);
            channel.readMessage(bytes);
            var frame = channel.next(Frame.class);
            bytes.setByte(FrameHeader.BYTES, 'z');
            assertThat(frame.body().getByte(frame.body().readerIndex())).isEqualTo((byte) 'z');
            assertThat(frame.release()).isTrue();
        }
    }

    private List<String> decode(List<byte[]> pieces) {
        try (var channel = TestChannel.frames(memory.allocator(), Wire.ofServer(FrameLimits.DEFAULT))) {
            pieces.forEach(channel::read);
            return channel.all().stream().map(FrameDecoderTest::show).toList();
        }
    }

    private static String show(Object message) {
        var frame = (Frame) message;
        try {
            return "%s %s %d %d %08x [%s]"
                    .formatted(
                            frame.encoding(),
                            frame.compressed() ? "compressed" : "plain",
                            frame.command(),
                            frame.status(),
                            frame.requestId(),
                            ByteBufUtil.hexDump(frame.body()));
        } finally {
            frame.release();
        }
    }

    private static byte[] join(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(all::writeBytes);
        return all.toByteArray();
    }
}
