package im.magpie.service.avatar;

import com.google.protobuf.ByteString;
import java.awt.Color;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Draws a motif. */
final class Mosaic {

    private static final Color GROUND = new Color(0xE4E7EB);
    private static final int GAPS_PER_SIDE = 42;
    private static final int MOST_COLUMNS = 3;

    /** Returns a PNG of a motif, with a pattern in place of whatever portrait is not there. For threads that may calculate for a while. */
    static ByteString draw(Motif motif, Map<URI, BufferedImage> portraits) throws IOException {
        var image = new BufferedImage(motif.side(), motif.side(), BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            graphics.setColor(GROUND);
            graphics.fillRect(0, 0, motif.side(), motif.side());
            var tiles = tiles(motif.faces().size(), motif.side());
            for (var i = 0; i < tiles.size(); i++) {
                var face = motif.faces().get(i);
                var portrait = face.avatar() == null ? null : portraits.get(face.avatar());
                var tile = tiles.get(i);
                if (portrait == null) {
                    new Identicon(face.id()).draw(graphics, tile);
                } else {
                    graphics.drawImage(portrait, tile.x, tile.y, tile.width, tile.height, Color.WHITE, null);
                }
            }
        } finally {
            graphics.dispose();
        }
        return encode(image);
    }

    /** Returns equal squares in rows that are centred; the first row is the one that is not full. One alone has the whole picture. */
    static List<Rectangle> tiles(int count, int side) {
        if (count == 1) {
            return List.of(new Rectangle(side, side));
        }
        var gap = Math.max(1, side / GAPS_PER_SIDE);
        var columns = count <= 4 ? 2 : MOST_COLUMNS;
        var rows = (count + columns - 1) / columns;
        var tile = tileSide(count, side);
        var tiles = new ArrayList<Rectangle>();
        var y = (side - rows * tile - (rows - 1) * gap) / 2;
        for (var left = count; left > 0; y += tile + gap) {
            var inRow = left % columns == 0 ? columns : left % columns;
            var x = (side - inRow * tile - (inRow - 1) * gap) / 2;
            for (var i = 0; i < inRow; i++) {
                tiles.add(new Rectangle(x + i * (tile + gap), y, tile, tile));
            }
            left -= inRow;
        }
        return tiles;
    }

    /** Returns how large each of so many tiles is, in pixels. */
    static int tileSide(int count, int side) {
        if (count == 1) {
            return side;
        }
        var gap = Math.max(1, side / GAPS_PER_SIDE);
        var columns = count <= 4 ? 2 : MOST_COLUMNS;
        return (side - (columns + 1) * gap) / columns;
    }

    /** Writes nothing but memory; what ImageIO makes by itself would write files. */
    private static ByteString encode(BufferedImage image) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var writer = ImageIO.getImageWritersByFormatName("png").next();
        try (var out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(image);
        } finally {
            writer.dispose();
        }
        return ByteString.copyFrom(bytes.toByteArray());
    }

    private Mosaic() {}
}
