package im.magpie.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LatenciesTest {

    @Test
    void findsPercentiles() {
        var latencies = new Latencies();
        for (var millis = 2_000; millis >= 1; millis--) {
            latencies.add(TimeUnit.MILLISECONDS.toNanos(millis));
        }
        assertThat(latencies).hasToString("p50 1000.0 ms, p99 1980.0 ms, max 2000.0 ms (2000)");
    }

    @Test
    void aSingleOneIsAllOfThem() {
        var latencies = new Latencies();
        assertThat(latencies.percentile(0.5)).isZero();
        latencies.add(TimeUnit.MILLISECONDS.toNanos(3));
        assertThat(latencies.percentile(0.01)).isEqualTo(3);
        assertThat(latencies.percentile(1)).isEqualTo(3);
    }
}
