package im.magpie.e2e.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What a process handle does not tell or do. */
final class Processes {

    /** Returns whether a process is at work. One that is dead but for its entry is not: in many containers nobody collects orphans. */
    static boolean works(ProcessHandle process) {
        if (!process.isAlive()) {
            return false;
        }
        try {
            var stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (NoSuchFileException _) {
            return false;
        } catch (IOException e) {
            // It may have gone while it was being read.
            return process.isAlive();
        }
    }

    /** Sends a signal, by its name. */
    static void signal(ProcessHandle process, String name) {
        try {
            var status = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new AssertionError("kill -%s %d: status %d".formatted(name, process.pid(), status));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private Processes() {}
}
