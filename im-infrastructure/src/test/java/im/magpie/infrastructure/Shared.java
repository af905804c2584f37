package im.magpie.infrastructure;

import java.nio.file.Path;

/** What all tests may share. */
final class Shared {

    /** Unpacked once for all runs of all modules' tests. */
    static final Path PROGRAMS = Path.of("..", "target", "programs").toAbsolutePath();

    static DataDirectory open(Path data) {
        return DataDirectory.open(data, PROGRAMS);
    }

    static DataDirectory openEmpty(Path data) {
        return DataDirectory.openEmpty(data, PROGRAMS);
    }

    private Shared() {}
}
