package im.magpie.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RunTest {

    private final Run run = Runs.of(1, 1_000);

    @Test
    void saysWhatOneOfThemCosts() {
        assertThat(run.cpuMicros()).isEqualTo(1_500);
        assertThat(run.cpuMicrosByRole()).isEqualTo(Map.of("im-tcp", 1_000.0, "redis", 500.0));
        assertThat(run.perSecond()).isEqualTo(500);
        assertThat(run.serverCores()).isEqualTo(0.75);
    }

    @Test
    void takesMoreFigures() {
        assertThat(run.with(Map.of("more", 1.0)).figures()).isEqualTo(Map.of("more", 1.0, "repeated", 3.0));
    }
}
