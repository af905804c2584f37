package im.magpie.e2e.history;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** A history in a file, one event a line. */
public final class HistoryFile implements Recorder.Sink {

    private final BufferedWriter out;

    private HistoryFile(BufferedWriter out) {
        this.out = out;
    }

    /** Begins a file, in place of the one that there may be. */
    public static HistoryFile create(Path file) {
        try {
            return new HistoryFile(Files.newBufferedWriter(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a file.
     *
     * @throws BadHistoryException if a line is not an event; the message says which
     */
    public static void read(Path file, Consumer<Event> to) {
        try (var in = Files.newBufferedReader(file)) {
            var number = 0;
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                number++;
                try {
                    to.accept(EventLines.parse(line));
                } catch (BadHistoryException e) {
                    throw new BadHistoryException("%s, line %d: %s".formatted(file, number, e.getMessage()), e);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void write(Event event) {
        try {
            out.write(EventLines.of(event));
            out.newLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
