package im.magpie.e2e.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** Where the tests keep things: below {@code target}. */
final class Folders {

    private static final Path ROOT = Path.of("target", "e2e").toAbsolutePath();

    /** Returns a new folder for a system's data. */
    static Path newData(String name) {
        try {
            Files.createDirectories(ROOT);
            return Files.createTempDirectory(ROOT, name + "-data-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the file for a system's log, which is kept; it is empty. */
    static Path newLog(String name) {
        try {
            Files.createDirectories(ROOT);
            return Files.writeString(ROOT.resolve(name + ".log"), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void copy(Path from, Path to) {
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Folders() {}
}
