package im.magpie.bench.recording;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.bench.process.Servers;
import im.magpie.bench.recording.JvmFigures.Heap;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JvmFiguresTest {

    private static final long SECOND = 1_000_000_000;

    @Test
    void theHeapGrowsByWhatIsAllocatedBetweenCollections() {
        var heaps = new ArrayList<Heap>();
        for (var i = 0; i < 8; i++) {
            heaps.add(new Heap(i * SECOND, false, 1_100 + i));
            heaps.add(new Heap(i * SECOND + SECOND / 2, true, 100 + i));
        }
        var figures = JvmFigures.of(heaps, List.of(Duration.ofMillis(2), Duration.ofMillis(5)));

        assertThat(figures.allocatedPerSecond()).isEqualTo(1_001 * 2.0);
        assertThat(figures.collections()).isEqualTo(8);
        assertThat(figures.longestPause()).isEqualTo(Duration.ofMillis(5));
        assertThat(figures.paused()).isEqualTo(Duration.ofMillis(7));
        assertThat(figures.heapAtFirst()).isEqualTo(100);
        assertThat(figures.heapAtLast()).isEqualTo(106);
    }

    @Test
    void whoNeverCollectsTellsNothing() {
        assertThat(JvmFigures.of(List.of(), List.of()))
                .isEqualTo(new JvmFigures(0, 0, Duration.ZERO, Duration.ZERO, 0, 0));
    }

    @Test
    void aJvmIsRecorded(@TempDir Path folder) {
        var servers = new Servers(Map.of("im-test", ProcessHandle.current().pid()));
        try (var recorder = new FlightRecorder(servers, folder)) {
            System.gc();
            var kept = new ArrayList<byte[]>();
            for (var i = 0; i < 100; i++) {
                kept.add(new byte[100_000]);
            }
            System.gc();
            assertThat(kept).hasSize(100);
            var figures = recorder.end().get("im-test");

            assertThat(figures).isNotNull();
            assertThat(figures.collections()).isGreaterThanOrEqualTo(2);
            assertThat(figures.allocatedPerSecond()).isPositive();
            assertThat(figures.paused()).isPositive();
        }
    }
}
