package im.magpie.e2e.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What the system writes, through all of its lives. */
public final class ServerLog {

    private static final int MOST_LINES = 120;
    private static final int MOST_LINE_LENGTH = 500;

    private final Supplier<List<Path>> files;

    private ServerLog(Supplier<List<Path>> files) {
        this.files = files;
    }

    static ServerLog of(Path file) {
        return new ServerLog(() -> List.of(file));
    }

    /** The log of many processes: every file in the folders below this one that ends with .log. */
    static ServerLog below(Path folder) {
        return new ServerLog(() -> {
            try (var found = Files.walk(folder, 2)) {
                return found.filter(file -> file.toString().endsWith(".log"))
                        .sorted()
                        .toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Where each file of a log ended at a moment. */
    public record Position(Map<Path, Long> lengths) {}

    /** Returns where the log ends now, for {@link #since}. */
    public Position position() {
        return new Position(files.get().stream()
                .collect(Collectors.toMap(
                        Function.identity(), file -> file.toFile().length())));
    }

    /** Returns the last lines of each file that were written since a position. */
    public String since(Position position) {
        return each(position, lines -> lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size()));
    }

    /** Returns the lines since a position that say that something is wrong. */
    public String complaintsSince(Position position) {
        return each(
                position,
                lines -> lines.stream()
                        .filter(line ->
                                line.contains(" WARN ") || line.contains(" ERROR ") || line.contains("Caused by"))
                        .limit(MOST_LINES)
                        .toList());
    }

    /** Returns how many lines since a position have this text, in all files together. */
    public long count(Position position, String text) {
        return files.get().stream()
                .flatMap(file ->
                        read(file, position.lengths().getOrDefault(file, 0L)).lines())
                .filter(line -> line.contains(text))
                .count();
    }

    private String each(Position position, Function<List<String>, List<String>> choice) {
        return files.get().stream()
                .map(file -> file.getFileName() + ":\n"
                        + shortened(choice.apply(read(file, position.lengths().getOrDefault(file, 0L))
                                .lines()
                                .toList())))
                .collect(Collectors.joining("\n"));
    }

    /** A file that is shorter than it was has begun anew. */
    private static String read(Path file, long position) {
        try (var in = Files.newInputStream(file)) {
            if (position <= Files.size(file)) {
                in.skipNBytes(position);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String shortened(List<String> lines) {
        return lines.stream()
                .map(line -> line.length() > MOST_LINE_LENGTH ? line.substring(0, MOST_LINE_LENGTH) + " ..." : line)
                .collect(Collectors.joining("\n"));
    }
}
