package im.magpie.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLockTest {

    @TempDir
    Path folder;

    private Path directory;

    @BeforeEach
    void findDirectory() throws IOException {
        directory = folder.toRealPath();
    }

    @Test
    void isOneOwners() throws Exception {
        try (var _ = DirectoryLock.take(directory)) {
            assertThat(another("alone")).isFalse();
            assertThat(another("shared")).isFalse();
            assertThatThrownBy(() -> DirectoryLock.take(directory)).hasMessageContaining("already uses");
        }
        assertThat(another("alone")).isTrue();
    }

    @Test
    void mayBeShared() throws Exception {
        try (var _ = DirectoryLock.share(directory)) {
            assertThat(another("shared")).isTrue();
            assertThat(another("alone")).isFalse();
        }
        assertThat(another("alone")).isTrue();
    }

    private boolean another(String how) throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var classes = System.getProperty("java.class.path");
        return new ProcessBuilder(java, "-cp", classes, Another.class.getName(), directory.toString(), how)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    /** Another process, which fails if it does not get the lock. */
    static final class Another {

        public static void main(String[] arguments) throws IOException {
            var directory = Path.of(arguments[0]);
            (arguments[1].equals("alone") ? DirectoryLock.take(directory) : DirectoryLock.share(directory)).close();
        }

        private Another() {}
    }
}
