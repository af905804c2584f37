package im.magpie.e2e.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the system writes, through all of its lives. */
public record ServerLog(Path file) {

    private static final int MOST_LINES = 120;
    private static final int MOST_LINE_LENGTH = 500;

    /** Returns the log's length, for {@link #since}. */
    public long position() {
        return file.toFile().length();
    }

    /** Returns the last lines that were written since a position. */
    public String since(long position) {
        var lines = read(position).lines().toList();
        return String.join("\n", shortened(lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size())));
    }

    /** Returns the lines since a position that say that something is wrong. */
    public String complaintsSince(long position) {
        var complaints = read(position)
                .lines()
                .filter(line -> line.contains(" WARN ") || line.contains(" ERROR ") || line.contains("Caused by"))
                .limit(MOST_LINES)
                .toList();
        return String.join("\n", shortened(complaints));
    }

    private String read(long position) {
        try (var in = Files.newInputStream(file)) {
            in.skipNBytes(position);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> shortened(List<String> lines) {
        return lines.stream()
                .map(line -> line.length() > MOST_LINE_LENGTH ? line.substring(0, MOST_LINE_LENGTH) + " ..." : line)
                .toList();
    }
}
