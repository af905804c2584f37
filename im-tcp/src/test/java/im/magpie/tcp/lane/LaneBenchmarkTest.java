package im.magpie.tcp.lane;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class LaneBenchmarkTest {

    private final LaneBenchmark benchmark = new LaneBenchmark();

    @AfterEach
    void close() {
        benchmark.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 64, 512})
    void everySendIsAcknowledged(int waiting) throws Exception {
        benchmark.waiting = waiting;
        benchmark.connect();

        assertThat(benchmark.lane()).isEqualTo(LaneBenchmark.SENDS);
        assertThat(benchmark.send()).isEqualTo(LaneBenchmark.SENDS);
    }
}
