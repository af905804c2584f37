package im.magpie.e2e.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecorderTest {

    private static final int THREADS = 8;
    private static final int OPERATIONS = 2_000;

    @Test
    void writesWhatManyThreadsDoInTheOrderOfItsTimes(@TempDir Path folder) {
        var file = folder.resolve("history.jsonl");
        try (var recorder = new Recorder(HistoryFile.create(file), 1, Duration.ofSeconds(7));
                var threads =
                        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory())) {
            for (var thread = 0; thread < THREADS; thread++) {
                var device = new DeviceName("user-" + thread, "phone");
                threads.execute(() -> sendMany(recorder, device));
            }
        }

        var history = History.read(file);

        assertThat(history.attempts()).hasSize(THREADS * OPERATIONS).allMatch(Attempt::isOk);
        assertThat(history.attempts())
                .allMatch(attempt -> attempt.invoked().at() <= attempt.doneAt())
                .isSortedAccordingTo((a, b) ->
                        Long.compare(a.invoked().operation(), b.invoked().operation()));
        assertThat(history.began().patience()).isEqualTo(7_000_000_000L);
    }

    private static void sendMany(Recorder recorder, DeviceName device) {
        for (var number = 0; number < OPERATIONS; number++) {
            var operation = recorder.invoked(device, new Operation.Send("c", device + " says " + number));
            recorder.completed(operation, new Outcome.Ok(new Place("id", number, 1)));
        }
    }

    /** Clients must not hear of a full disk, but whoever asks for the verdict must. */
    @Test
    void saysInTheEndThatItCouldNotWrite() {
        var written = new AtomicInteger();
        var recorder = new Recorder(new BreakingSink(written), 1, Duration.ZERO);
        var device = new DeviceName("alice", "phone");
        recorder.record(at -> new Event.Started(at, device));
        recorder.record(at -> new Event.Stopped(at, device));

        assertThatThrownBy(recorder::close).isInstanceOf(UncheckedIOException.class);
        assertThat(written).hasValue(2);
    }

    private record BreakingSink(AtomicInteger written) implements Recorder.Sink {

        @Override
        public void write(Event event) {
            if (written.incrementAndGet() == 2) {
                throw new UncheckedIOException(new IOException("no space left"));
            }
        }

        @Override
        public void close() {}
    }
}
