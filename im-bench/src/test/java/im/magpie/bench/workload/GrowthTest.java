package im.magpie.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import im.magpie.bench.report.Run;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class GrowthTest {

    private static final Offset<Double> ROUNDING = within(1e-9);

    @Test
    void whatConnectionsCostIsToldApartFromWhatMessagesCost() {
        // 2 s of processor time for 10,000 messages in 4 s, of which idle connections take a tenth of a core.
        var figures = Growth.besideIdle(run(10_000, 4, 2_000_000_000L), 0.1);

        assertThat(figures.get("idle_cores")).isEqualTo(0.1, ROUNDING);
        assertThat(figures.get("cpu_us_per_message_beside_idle")).isEqualTo(160, ROUNDING);
    }

    private static Run run(long messages, double seconds, long cpuNanos) {
        return new Run(
                new Run.Load("growth", "cluster", "19,000 connections", Map.of()),
                1,
                Instant.EPOCH,
                "message",
                messages,
                seconds,
                Map.of("im-tcp", cpuNanos),
                seconds,
                Map.of(),
                Map.of(),
                0,
                Map.of(),
                List.of());
    }
}
