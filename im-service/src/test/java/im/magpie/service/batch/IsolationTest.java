package im.magpie.service.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IsolationTest {

    private final List<Integer> done = new ArrayList<>();
    private final List<Integer> faulty = new ArrayList<>();
    private int calls;

    private void work(List<Integer> some) {
        calls++;
        if (some.stream().anyMatch(i -> i % 7 == 3)) {
            throw new IllegalStateException("one of " + some);
        }
        done.addAll(some);
    }

    private void run(List<Integer> all) {
        Isolation.run(all, this::work, (i, _) -> faulty.add(i));
    }

    @Test
    void soundThingsAreDoneTogether() {
        run(List.of(0, 1, 2));

        assertThat(calls).isEqualTo(1);
        assertThat(done).containsExactly(0, 1, 2);
    }

    @Test
    void aFaultIsFoundAndTheOthersAreDoneInTheirOrder() {
        run(IntStream.range(0, 16).boxed().toList());

        assertThat(faulty).containsExactly(3, 10);
        assertThat(done).hasSize(14).isSorted();
    }

    @Test
    void nothingIsNothing() {
        Isolation.run(
                List.<Integer>of(),
                _ -> {
                    throw new IllegalStateException("always");
                },
                (i, _) -> faulty.add(i));

        assertThat(faulty).isEmpty();
    }
}
