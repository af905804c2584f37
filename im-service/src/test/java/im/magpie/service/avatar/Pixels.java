package im.magpie.service.avatar;

import com.google.protobuf.ByteString;
import java.awt.Color;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import javax.imageio.ImageIO;

/** Pictures to be sent, and what there is to see on others. */
final class Pixels {

    static BufferedImage read(ByteString png) {
        try (var in = png.newInput()) {
            return ImageIO.read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the colours of a part, row by row. */
    static int[] of(BufferedImage image, Rectangle part) {
        return image.getRGB(part.x, part.y, part.width, part.height, null, 0, part.width);
    }

    /** Returns an id's pattern as it looks alone. */
    static int[] pattern(String id, int side) {
        var image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        var all = new Rectangle(side, side);
        new Identicon(id).draw(image.createGraphics(), all);
        return of(image, all);
    }

    static int distinctColours(int[] pixels) {
        return (int) Arrays.stream(pixels).distinct().count();
    }

    /** Returns a picture of one colour. */
    static byte[] plain(String format, int width, int height, Color colour) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        graphics.setColor(colour);
        graphics.fillRect(0, 0, width, height);
        return encode(format, image);
    }

    static byte[] encode(String format, BufferedImage image) {
        var bytes = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(image, format, bytes)) {
                throw new IllegalArgumentException("can't write " + format);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Tells whether a colour is about another one; JPEGs are not exact. */
    static boolean like(int rgb, Color colour) {
        var it = new Color(rgb);
        return Math.abs(it.getRed() - colour.getRed()) < 8
                && Math.abs(it.getGreen() - colour.getGreen()) < 8
                && Math.abs(it.getBlue() - colour.getBlue()) < 8;
    }

    private Pixels() {}
}
