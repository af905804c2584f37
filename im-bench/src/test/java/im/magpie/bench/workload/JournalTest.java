package im.magpie.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.bench.report.Run;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JournalTest {

    private final StringWriter out = new StringWriter();
    private final Journal journal = new Journal(new Progress(new PrintWriter(out, true), false));

    @Test
    void remembersHowFastTheLastLoadWentThrough() {
        assertThat(journal.perSecond("W1")).isEmpty();
        for (var perSecond : new int[] {100, 300, 200}) {
            journal.add(run("1 outstanding", perSecond));
        }
        for (var perSecond : new int[] {1_000, 3_000, 2_000}) {
            journal.add(run("8 outstanding", perSecond));
        }

        assertThat(journal.perSecond("W1")).hasValue(2_000);
        assertThat(journal.perSecond("W3")).isEmpty();
        assertThat(journal.runs()).hasSize(6);
        assertThat(out.toString()).contains("W1, 8 outstanding, run 1: 2.0 us of CPU a message, 2,000 a second");
    }

    private static Run run(String name, int perSecond) {
        return new Run(
                new Run.Load("W1", "cluster", name, Map.of()),
                1,
                Instant.EPOCH,
                "message",
                perSecond,
                1,
                Map.of("redis", perSecond * 2_000L),
                1,
                Map.of(),
                Map.of(),
                0,
                Map.of(),
                List.of());
    }
}
