package im.magpie.service.avatar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PortraitDecoderTest {

    private static final int SIDE = 84;
    private static final int SIGNATURE_AND_HEADER = 33;

    private final PortraitDecoder decoder = new PortraitDecoder(4_000_000);

    @ParameterizedTest
    @CsvSource({
        "png, 100, 100",
        "png, 84, 84",
        "png, 1, 1",
        "png, 1999, 2000",
        "png, 4000, 3",
        "jpeg, 640, 480",
        "jpeg, 90, 1200"
    })
    void whatIsLargeBecomesSmall(String format, int width, int height) throws IOException {
        var image = decoder.decode(Pixels.plain(format, width, height, Color.ORANGE), SIDE);

        assertThat(image.getWidth()).isEqualTo(image.getHeight());
        assertThat(image.getWidth())
                .isLessThan(2 * SIDE)
                .isGreaterThanOrEqualTo(Math.min(SIDE, Math.min(width, height)));
        assertThat(Pixels.like(image.getRGB(0, 0), Color.ORANGE)).isTrue();
    }

    @Test
    void theMiddleIsShown() throws IOException {
        var image = new BufferedImage(900, 300, BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        graphics.setColor(Color.BLUE);
        graphics.fillRect(300, 0, 300, 300);
        graphics.dispose();

        var middle = decoder.decode(Pixels.encode("png", image), SIDE);

        var last = middle.getWidth() - 1;
        assertThat(new Color(middle.getRGB(0, 0))).isEqualTo(Color.BLUE);
        assertThat(new Color(middle.getRGB(last, last))).isEqualTo(Color.BLUE);
    }

    @Test
    void whatCanBeSeenThroughStaysSo() throws IOException {
        var clear = Pixels.encode("png", new BufferedImage(500, 500, BufferedImage.TYPE_INT_ARGB));

        assertThat(decoder.decode(clear, SIDE).getRGB(3, 3) >>> 24).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg"})
    void morePixelsThanAllowedAreRefusedUnread(String format) {
        var small = new PortraitDecoder(99);

        assertThatThrownBy(() -> small.decode(Pixels.plain(format, 10, 10, Color.RED), SIDE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("10 by 10");
    }

    /** A hundred bytes that say they are two gigapixels. */
    @Test
    void aBombIsRefusedUnread() {
        var bomb = Pixels.plain("png", 1, 1, Color.RED);
        ByteBuffer.wrap(bomb).putInt(16, 46_000).putInt(20, 46_000);
        seal(bomb, 8);

        assertThatThrownBy(() -> decoder.decode(bomb, SIDE)).hasMessageContaining("46000 by 46000");
    }

    /** Half a gigabyte of comments, packed; readers of palettes look at all chunks. */
    @Test
    void commentsAreNotUnpacked() throws IOException {
        var palette = new IndexColorModel(1, 2, new byte[] {0, -1}, new byte[] {0, 0}, new byte[] {0, 0});
        var png = Pixels.encode("png", new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_BINARY, palette));
        var bomb = new ByteArrayOutputStream();
        bomb.write(png, 0, SIGNATURE_AND_HEADER);
        var comment = chunk("zTXt", packedComment());
        for (var i = 0; i < 2_000; i++) {
            bomb.write(comment);
        }
        bomb.write(png, SIGNATURE_AND_HEADER, png.length - SIGNATURE_AND_HEADER);
        var before = allocated();

        var image = decoder.decode(bomb.toByteArray(), 4);

        assertThat(image.getWidth()).isBetween(4, 8);
        assertThat(allocated() - before).isLessThan(50_000_000);
    }

    @Test
    void aJpegOfVeryManyScansIsRefused() {
        var jpeg = Pixels.plain("jpeg", 100, 100, Color.RED);
        var bomb = Arrays.copyOf(jpeg, jpeg.length + 200);
        for (var i = jpeg.length; i < bomb.length; i += 2) {
            bomb[i] = (byte) 0xFF;
            bomb[i + 1] = (byte) 0xDA;
        }

        assertThatThrownBy(() -> decoder.decode(bomb, SIDE)).hasMessageContaining("scans");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GIF89a", "<svg xmlns='http://www.w3.org/2000/svg'/>", "BM", "<html>"})
    void nothingElseIsRead(String text) {
        assertThatThrownBy(() -> decoder.decode(text.getBytes(StandardCharsets.UTF_8), SIDE))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aGifIsNotRead() {
        assertThatThrownBy(() -> decoder.decode(Pixels.plain("gif", 10, 10, Color.RED), SIDE))
                .hasMessageContaining("neither");
    }

    /** Whatever comes, the decoder answers with a picture or says that there is none. */
    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg"})
    void brokenOnesAreRefusedOrShown(String format) {
        var random = new Random(7);
        var good = Pixels.plain(format, 64, 48, Color.GREEN);
        for (var round = 0; round < 400; round++) {
            var bytes = random.nextBoolean() ? good.clone() : Arrays.copyOf(good, random.nextInt(good.length));
            for (var i = random.nextInt(4); i > 0 && bytes.length > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            try {
                assertThat(decoder.decode(bytes, 16).getWidth()).isPositive();
            } catch (IOException refused) {
                assertThat(refused).isNotNull();
            }
        }
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    private static byte[] packedComment() {
        var deflater = new Deflater();
        deflater.setInput(new byte[250_000]);
        deflater.finish();
        var packed = new byte[1_000];
        var length = deflater.deflate(packed);
        deflater.end();
        return ByteBuffer.allocate(length + 3)
                .put((byte) 'x')
                .put((byte) 0)
                .put((byte) 0)
                .put(packed, 0, length)
                .array();
    }

    private static byte[] chunk(String type, byte[] data) {
        var chunk = ByteBuffer.allocate(12 + data.length)
                .putInt(data.length)
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .put(data)
                .array();
        seal(chunk, 0);
        return chunk;
    }

    /** Writes the checksum of the chunk that begins there. */
    private static void seal(byte[] png, int offset) {
        var buffer = ByteBuffer.wrap(png);
        var length = 4 + buffer.getInt(offset);
        var crc = new CRC32();
        crc.update(png, offset + 4, length);
        buffer.putInt(offset + 4 + length, (int) crc.getValue());
    }
}
