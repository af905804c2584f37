package im.magpie.service.avatar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import im.magpie.service.membership.GroupKey;
import java.awt.Color;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MosaicTest {

    private static final GroupKey GROUP = new GroupKey("acme", "friends");
    private static final URI PHOTO = URI.create("https://cdn.example.com/a.png");

    @ParameterizedTest
    @ValueSource(ints = {32, 64, 128, 256, 512})
    void tilesAreEqualSquaresThatDoNotTouch(int side) {
        for (var count = 2; count <= Motif.MOST; count++) {
            var tiles = Mosaic.tiles(count, side);
            assertThat(tiles).hasSize(count).doesNotHaveDuplicates();
            for (var tile : tiles) {
                assertThat(new Rectangle(1, 1, side - 2, side - 2).contains(tile))
                        .isTrue();
                assertThat(tile.getSize())
                        .isEqualTo(new Rectangle(Mosaic.tileSide(count, side), Mosaic.tileSide(count, side)).getSize());
                assertThat(tiles.stream()
                                .filter(other -> !other.equals(tile))
                                .noneMatch(other -> grown(other).intersects(tile)))
                        .isTrue();
            }
            assertThat(Mosaic.tileSide(count, side)).isGreaterThanOrEqualTo(side / 4);
        }
    }

    private static Rectangle grown(Rectangle tile) {
        var grown = new Rectangle(tile);
        grown.grow(1, 1);
        return grown;
    }

    @Test
    void theFirstRowIsTheOneThatIsNotFull() {
        var tiles = Mosaic.tiles(7, 256);

        assertThat(tiles.stream().filter(tile -> tile.y == tiles.getFirst().y)).hasSize(1);
        assertThat(tiles.getFirst().getCenterX()).isCloseTo(128, offset(1.0));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9})
    void everybodyHasHisTile(int count) throws IOException {
        var motif = motif(
                IntStream.range(0, count)
                        .mapToObj(i -> new Face("user" + i, null))
                        .toList(),
                128);

        var image = Pixels.read(Mosaic.draw(motif, Map.of()));

        assertThat(image.getWidth()).isEqualTo(128);
        assertThat(image.getHeight()).isEqualTo(128);
        var tiles = new ArrayList<>(Mosaic.tiles(count, 128));
        for (var i = 0; i < count; i++) {
            var tile = tiles.get(i);
            assertThat(Pixels.of(image, tile)).isEqualTo(Pixels.pattern("user" + i, tile.width));
        }
    }

    @Test
    void isTheSameAlways() throws IOException {
        var motif = motif(List.of(new Face("alice", null), new Face("bob", null)), 256);

        assertThat(Mosaic.draw(motif, Map.of())).isEqualTo(Mosaic.draw(motif, Map.of()));
    }

    @Test
    void aPortraitTakesThePlaceOfThePattern() throws IOException {
        var motif = motif(List.of(new Face("alice", PHOTO), new Face("bob", null)), 256);
        var portrait = new BufferedImage(170, 170, BufferedImage.TYPE_INT_ARGB);
        var graphics = portrait.createGraphics();
        graphics.setColor(Color.RED);
        graphics.fillRect(0, 0, 170, 85);
        graphics.dispose();

        var image = Pixels.read(Mosaic.draw(motif, Map.of(PHOTO, portrait)));

        var tiles = Mosaic.tiles(2, 256);
        var first = Pixels.of(image, tiles.getFirst());
        assertThat(new Color(first[0])).isEqualTo(Color.RED);
        assertThat(new Color(first[first.length - 1]))
                .as("what can be seen through")
                .isEqualTo(Color.WHITE);
        assertThat(Pixels.of(image, tiles.getLast())).isEqualTo(Pixels.pattern("bob", tiles.getLast().width));
    }

    @Test
    void anotherMotifHasAnotherTag() {
        var motif = motif(List.of(new Face("alice", null), new Face("bob", PHOTO)), 256);
        var tags = List.of(
                motif.tag(),
                motif(motif.faces(), 128).tag(),
                motif(motif.faces().reversed(), 256).tag(),
                motif(List.of(new Face("alice", null), new Face("bob", null)), 256)
                        .tag(),
                motif(List.of(new Face("alice", PHOTO), new Face("bob", null)), 256)
                        .tag(),
                motif(List.of(new Face("alice", null), new Face("bobby", PHOTO)), 256)
                        .tag(),
                new Motif(new GroupKey("other", "friends"), motif.faces(), 256).tag());

        assertThat(tags).doesNotHaveDuplicates().allMatch(tag -> tag.matches("W/\"[A-Za-z0-9_-]{22}\""));
        assertThat(motif(List.copyOf(motif.faces()), 256).tag()).isEqualTo(motif.tag());
    }

    private static Motif motif(List<Face> faces, int side) {
        return new Motif(GROUP, faces, side);
    }
}
