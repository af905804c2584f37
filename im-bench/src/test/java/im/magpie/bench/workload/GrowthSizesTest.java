package im.magpie.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class GrowthSizesTest {

    @Test
    void thingsGrow() {
        var sizes = new GrowthSizes(List.of(900, 100), List.of(10, 10), 2, List.of(3L, 1L, 2L));

        assertThat(sizes.idleConnections()).containsExactly(100, 900);
        assertThat(sizes.conversations()).containsExactly(10);
        assertThat(sizes.stored()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void whatDoesNotGrowIsLeftOut() {
        var sizes = new GrowthSizes(List.of(0), List.of(0), 2, List.of());

        assertThat(sizes.idleConnections()).isEmpty();
        assertThat(sizes.conversations()).isEmpty();
        assertThat(sizes.stored()).isEmpty();
    }

    @Test
    void refusesWhatCantBe() {
        assertThatIllegalArgumentException().isThrownBy(() -> sizes(-1, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> sizes(1, 3));
        assertThatIllegalArgumentException().isThrownBy(() -> sizes(1, 0));
    }

    private static GrowthSizes sizes(long stored, int users) {
        return new GrowthSizes(List.of(), List.of(), users, List.of(stored));
    }
}
