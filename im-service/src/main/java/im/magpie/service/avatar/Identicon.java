package im.magpie.service.avatar;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.nio.charset.StandardCharsets;

/**
 * The pattern that stands for an id: five by five blocks, left and right alike, in the id's colour. It needs no fonts, of which small machines have none. The same id
 * has the same pattern everywhere; docs/avatars.md says how to draw it elsewhere.
 */
final class Identicon {

    private static final int ROWS = 5;
    /** The middle one, and two that are mirrored. */
    private static final int COLUMNS = 3;

    private static final int FEWEST_BLOCKS = 6;
    private static final int BLOCK_COUNTS = 4;

    private final byte[] digest;

    Identicon(String id) {
        this.digest = Digests.sha256(id.getBytes(StandardCharsets.UTF_8));
    }

    /** Draws it, with a margin of about half a block. */
    void draw(Graphics2D graphics, Rectangle tile) {
        graphics.setColor(background());
        graphics.fill(tile);
        graphics.setColor(foreground());
        var block = Math.max(1, tile.width / (ROWS + 1));
        var margin = (tile.width - ROWS * block) / 2;
        var blocks = blocks();
        for (var cell = 0; cell < blocks.length; cell++) {
            if (blocks[cell]) {
                var column = cell % COLUMNS;
                var y = tile.y + margin + cell / COLUMNS * block;
                graphics.fillRect(tile.x + margin + column * block, y, block, block);
                graphics.fillRect(tile.x + margin + (ROWS - 1 - column) * block, y, block, block);
            }
        }
    }

    /** Returns which cells of the left three columns are filled, row by row: always between a good third and two thirds of them. */
    private boolean[] blocks() {
        var order = new int[ROWS * COLUMNS];
        for (var i = 0; i < order.length; i++) {
            order[i] = i;
        }
        for (var i = order.length - 1; i > 0; i--) {
            var other = at(4 + i) % (i + 1);
            var kept = order[i];
            order[i] = order[other];
            order[other] = kept;
        }
        var filled = new boolean[order.length];
        for (var i = 0; i < FEWEST_BLOCKS + at(4) % BLOCK_COUNTS; i++) {
            filled[order[i]] = true;
        }
        return filled;
    }

    private Color foreground() {
        return hsl(0.45 + at(2) / 255.0 * 0.25, 0.34 + at(3) / 255.0 * 0.10);
    }

    private Color background() {
        return hsl(0.40, 0.92);
    }

    /** Returns a colour of the id's hue. */
    private Color hsl(double saturation, double lightness) {
        var hue = ((at(0) << Byte.SIZE) | at(1)) / 65_536.0;
        var brightness = lightness + saturation * Math.min(lightness, 1 - lightness);
        return Color.getHSBColor((float) hue, (float) (2 * (1 - lightness / brightness)), (float) brightness);
    }

    private int at(int index) {
        return Byte.toUnsignedInt(digest[index]);
    }
}
