package im.magpie.service.avatar;

import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Makes a small square of a picture from anywhere. It may have been made to do harm: its size is looked at before it is decoded, and it is never decoded larger than
 * needed. Safe for use by many threads.
 *
 * @param maxPixels width by height
 */
record PortraitDecoder(int maxPixels) {

    /** In what JPEGs come; each takes as long as decoding the whole picture. Usual ones have up to ten. */
    private static final int MOST_SCANS = 32;

    private static final int JPEG_SCAN = 0xFFDA;

    /**
     * Returns the middle of a picture, cut to a square.
     *
     * @param side about how large it shall be, in pixels: no less, unless the picture is, and less than twice as much
     * @throws IOException when this is no PNG or JPEG, or too large a one, or a broken one
     */
    BufferedImage decode(byte[] bytes, int side) throws IOException {
        var reader = reader(bytes);
        try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            reader.setInput(in, true, true);
            var width = reader.getWidth(0);
            var height = reader.getHeight(0);
            if ((long) width * height > maxPixels) {
                throw new IOException("%d by %d pixels are too many".formatted(width, height));
            }
            return shrink(reader.read(0, middle(reader, width, height, side)), side);
        } catch (RuntimeException e) {
            throw new IOException("a decoder stumbles over it", e);
        } finally {
            reader.dispose();
        }
    }

    /** What somebody says of a picture's type is not asked. */
    private static ImageReader reader(byte[] bytes) throws IOException {
        if (begins(bytes, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n')) {
            return ImageIO.getImageReadersByFormatName("png").next();
        }
        if (begins(bytes, 0xFF, 0xD8, 0xFF)) {
            if (scans(bytes) > MOST_SCANS) {
                throw new IOException("a JPEG in too many scans");
            }
            return ImageIO.getImageReadersByFormatName("jpeg").next();
        }
        throw new IOException("neither PNG nor JPEG");
    }

    private static boolean begins(byte[] bytes, int... with) {
        if (bytes.length < with.length) {
            return false;
        }
        for (var i = 0; i < with.length; i++) {
            if (Byte.toUnsignedInt(bytes[i]) != with[i]) {
                return false;
            }
        }
        return true;
    }

    private static int scans(byte[] bytes) {
        var scans = 0;
        for (var i = 1; i < bytes.length; i++) {
            if ((((bytes[i - 1] & 0xFF) << Byte.SIZE) | (bytes[i] & 0xFF)) == JPEG_SCAN) {
                scans++;
            }
        }
        return scans;
    }

    /** Leaves rows and columns out while there remain twice as many as needed. */
    private static ImageReadParam middle(ImageReader reader, int width, int height, int side) {
        var middle = Math.min(width, height);
        var step = Math.max(1, middle / (2 * side));
        var param = reader.getDefaultReadParam();
        param.setSourceRegion(new Rectangle((width - middle) / 2, (height - middle) / 2, middle, middle));
        param.setSourceSubsampling(step, step, 0, 0);
        return param;
    }

    /** Halves it as often as it can be; halving by interpolation takes all pixels into account. */
    private static BufferedImage shrink(BufferedImage image, int side) {
        var current = image;
        while (current.getWidth() / 2 >= side) {
            var half = new BufferedImage(current.getWidth() / 2, current.getHeight() / 2, BufferedImage.TYPE_INT_ARGB);
            var graphics = half.createGraphics();
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            graphics.drawImage(current, 0, 0, half.getWidth(), half.getHeight(), null);
            graphics.dispose();
            current = half;
        }
        return current;
    }
}
