package im.magpie.bench.recording;

import im.magpie.bench.MeasurementException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * What a recording says of a JVM.
 *
 * @param allocatedPerSecond bytes of new objects, between the first collection and the last; 0 where there were fewer than two
 * @param collections how often garbage was collected
 * @param longestPause for that
 * @param paused all pauses together
 * @param heapAtFirst bytes in use after a collection, the least of the first quarter of them
 * @param heapAtLast the least of the last quarter
 */
public record JvmFigures(
        double allocatedPerSecond,
        int collections,
        Duration longestPause,
        Duration paused,
        long heapAtFirst,
        long heapAtLast) {

    private static final String HEAP = "jdk.GCHeapSummary";
    private static final String PAUSE = "jdk.GCPhasePause";
    private static final String AFTER = "After GC";
    private static final int QUARTER = 4;

    /** @throws MeasurementException for a file that is no recording */
    static JvmFigures of(Path file) {
        var heaps = new ArrayList<Heap>();
        var pauses = new ArrayList<Duration>();
        try (var recording = new RecordingFile(file)) {
            while (recording.hasMoreEvents()) {
                var event = recording.readEvent();
                switch (event.getEventType().getName()) {
                    case HEAP -> heaps.add(Heap.of(event));
                    case PAUSE -> pauses.add(event.getDuration());
                    default -> {
                        // Somebody else's.
                    }
                }
            }
        } catch (IOException e) {
            throw new MeasurementException("The recording " + file + " can't be read: " + e);
        }
        heaps.sort((a, b) -> Long.compare(a.nanos(), b.nanos()));
        return of(heaps, pauses);
    }

    /**
     * The heap before or after a collection.
     *
     * @param nanos when
     */
    record Heap(long nanos, boolean after, long used) {

        private static Heap of(RecordedEvent event) {
            var time = event.getStartTime();
            return new Heap(
                    time.getEpochSecond() * 1_000_000_000 + time.getNano(),
                    event.getString("when").equals(AFTER),
                    event.getLong("heapUsed"));
        }
    }

    /** @param heaps in the order of their times */
    static JvmFigures of(List<Heap> heaps, List<Duration> pauses) {
        var after = heaps.stream().filter(Heap::after).toList();
        var quarter = Math.max(1, after.size() / QUARTER);
        return new JvmFigures(
                allocatedPerSecond(heaps),
                after.size(),
                pauses.stream().max(Duration::compareTo).orElse(Duration.ZERO),
                pauses.stream().reduce(Duration.ZERO, Duration::plus),
                least(after.subList(0, Math.min(quarter, after.size()))),
                least(after.subList(Math.max(0, after.size() - quarter), after.size())));
    }

    /** Between two collections the heap grows by what was allocated. */
    private static double allocatedPerSecond(List<Heap> heaps) {
        var allocated = 0L;
        var nanos = 0L;
        for (var i = 1; i < heaps.size(); i++) {
            var from = heaps.get(i - 1);
            var to = heaps.get(i);
            if (from.after() && !to.after()) {
                allocated += to.used() - from.used();
                nanos += to.nanos() - from.nanos();
            }
        }
        return nanos == 0 ? 0 : allocated * 1e9 / nanos;
    }

    private static long least(List<Heap> heaps) {
        return heaps.stream().mapToLong(Heap::used).min().orElse(0);
    }
}
