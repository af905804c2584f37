package im.magpie.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void eachFigureIsOfAllRunsOfALoad() {
        var lines = new ArrayList<String>();
        Table.print(List.of(Runs.of(1, 1_000), Runs.of(2, 4_000), Runs.of(3, 2_000)), lines::add);

        assertThat(lines).anySatisfy(line -> assertThat(line).contains("W1, 8 <outstanding> (cluster, 3 runs)"));
        assertThat(lines)
                .anySatisfy(line -> assertThat(line.strip().split(" {2,}"))
                        .containsExactly("CPU us a message", "1,500", "2,500", "4,500"));
        assertThat(lines)
                .anySatisfy(line -> assertThat(line.strip().split(" {2,}"))
                        .containsExactly("peak MiB im-tcp-1", "1.00", "1.00", "1.00"));
        assertThat(lines).noneSatisfy(line -> assertThat(line).contains("accept"));
    }
}
