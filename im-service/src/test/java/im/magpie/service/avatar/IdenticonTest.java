package im.magpie.service.avatar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdenticonTest {

    private static final int SIDE = 60;
    private static final int BLOCK = 10;

    @Test
    void oneIdLooksTheSameAlways() {
        assertThat(Pixels.pattern("alice", SIDE)).isEqualTo(Pixels.pattern("alice", SIDE));
    }

    /** When this changes, so must the number in Motif that says how motifs are drawn, and docs/avatars.md. */
    @Test
    void isWhatTheDocumentSays() {
        assertThat(blocks("alice")).isEqualTo("""
            ..#..
            ##.##
            #.#.#
            ##.##
            .###.
            """);
        var pixels = Pixels.pattern("alice", SIDE);
        assertThat(new Color(pixels[0])).isEqualTo(new Color(242, 243, 226));
        assertThat(new Color(pixels[SIDE / 2 * SIDE + SIDE / 2])).isEqualTo(new Color(153, 155, 58));
    }

    @Test
    void isOfTwoColoursThatDiffer() {
        for (var i = 0; i < 500; i++) {
            var colours =
                    Arrays.stream(Pixels.pattern("user" + i, SIDE)).distinct().toArray();
            assertThat(colours).hasSize(2);
            assertThat(Math.abs(luminance(colours[0]) - luminance(colours[1]))).isGreaterThan(50);
        }
    }

    @Test
    void leftAndRightAreAlike() {
        var pixels = Pixels.pattern("bob", SIDE);

        for (var y = 0; y < SIDE; y++) {
            for (var x = 0; x < SIDE; x++) {
                assertThat(pixels[y * SIDE + x]).isEqualTo(pixels[y * SIDE + SIDE - 1 - x]);
            }
        }
    }

    @Test
    void manyPeopleLookDifferent() {
        var seen = new HashSet<Integer>();

        IntStream.range(0, 3_000).forEach(i -> seen.add(Arrays.hashCode(Pixels.pattern("user" + i, SIDE))));

        assertThat(seen).hasSize(3_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 9, 10, 16, 33, 169, 512})
    void fitsInAnySize(int side) {
        assertThat(Pixels.distinctColours(Pixels.pattern("alice", side))).isEqualTo(2);
    }

    /** The images of the services have no fonts, and need not have the libraries for them. */
    @Test
    void needsNoFonts() throws IOException {
        var maps = Path.of("/proc/self/maps");
        assumeThat(maps).exists();

        Pixels.pattern("alice", SIDE);

        assertThat(Files.readString(maps)).doesNotContain("fontmanager").doesNotContain("freetype");
    }

    private static String blocks(String id) {
        var pixels = Pixels.pattern(id, SIDE);
        var text = new StringBuilder();
        for (var row = 0; row < 5; row++) {
            for (var column = 0; column < 5; column++) {
                var pixel = pixels[(BLOCK / 2 + row * BLOCK) * SIDE + BLOCK / 2 + column * BLOCK];
                text.append(pixel == pixels[0] ? '.' : '#');
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static double luminance(int rgb) {
        var colour = new Color(rgb);
        return 0.299 * colour.getRed() + 0.587 * colour.getGreen() + 0.114 * colour.getBlue();
    }
}
