package im.magpie.service.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChunksTest {

    @Test
    void cutsByNumber() {
        assertThat(Chunks.of(List.of())).isEmpty();
        assertThat(Chunks.of(Collections.nCopies(1_000, 1))).hasSize(1);
        assertThat(Chunks.of(Collections.nCopies(2_001, 1)).stream().map(List::size))
                .containsExactly(1_000, 1_000, 1);
    }

    @Test
    void cutsBySize() {
        assertThat(Chunks.of(List.of(4, 6, 1, 20, 3, 7), size -> size, 10))
                .containsExactly(List.of(4, 6), List.of(1), List.of(20), List.of(3, 7));
    }
}
