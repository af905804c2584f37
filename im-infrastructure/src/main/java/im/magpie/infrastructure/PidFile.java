package im.magpie.infrastructure;

import im.magpie.infrastructure.InfrastructureException.Code;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers which process serves a folder, so that a server that outlived its JVM is found again.
 *
 * <p>A process id alone proves nothing, because the system gives it to somebody else later. A process is ours only if it also began at the
 * recorded moment and names our folder in its command line; every other process is left alone.
 */
public final class PidFile {

    /** How a process came to its end. */
    public enum Ending {
        /** There was none. */
        NOT_RUNNING,
        /** It did as it was asked to. */
        IN_PEACE,
        /** It took too long. */
        KILLED
    }

    private static final Logger log = LoggerFactory.getLogger(PidFile.class);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
    private static final Duration KILL_PATIENCE = Duration.ofSeconds(10);
    private static final Duration DURING_AN_EXEC = Duration.ofMillis(2);
    private static final int LOOKS_AT_AN_EXEC = 50;
    private static final int STATE = 0;
    private static final int START = 19;

    private final Path file;
    private final Path folder;

    /** A file in the served folder, which is given by its real path. */
    public PidFile(Path folder, String name) {
        this.file = folder.resolve(name);
        this.folder = folder;
    }

    /** Remembers the process that serves the folder from now on. */
    public void record(long pid) throws IOException {
        PrivateFiles.write(file, pid + " " + startOf(pid).orElse("gone") + "\n");
    }

    /**
     * Ends the server that an earlier life left behind, if there is one: asks it first, and kills it when it takes too long.
     *
     * @throws InfrastructureException if it cannot be ended
     */
    void endSurvivor(Duration patience) {
        process()
                .ifPresent(survivor -> log.info(
                        "Ending process {}, which an earlier life of Magpie left in {}", survivor.pid(), folder));
        end(patience);
    }

    /**
     * Asks the recorded process to end, if it still lives, and kills it when it takes too long.
     *
     * @throws InfrastructureException if it cannot be ended
     */
    public Ending end(Duration patience) {
        var process = process();
        if (process.isEmpty()) {
            return Ending.NOT_RUNNING;
        }
        process.get().destroy();
        if (endsWithin(process.get(), patience)) {
            return Ending.IN_PEACE;
        }
        kill();
        return Ending.KILLED;
    }

    /**
     * Ends the recorded process at once, if it still lives.
     *
     * @return whether it did
     * @throws InfrastructureException if it cannot be ended
     */
    public boolean kill() {
        var process = process();
        process.ifPresent(this::kill);
        return process.isPresent();
    }

    private void kill(ProcessHandle process) {
        process.destroyForcibly();
        if (!endsWithin(process, KILL_PATIENCE)) {
            throw new InfrastructureException(
                    Code.SERVER_FAILED,
                    "Process " + process.pid() + " still works in " + folder + " and cannot be ended.");
        }
    }

    /** Returns the recorded process if it still lives and is ours. */
    public Optional<ProcessHandle> process() {
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            var recorded = List.of(Files.readString(file).strip().split(" ", -1));
            var pid = Long.parseLong(recorded.getFirst());
            return startOf(pid).filter(recorded.getLast()::equals).isPresent()
                            && namesOurFolder(pid)
                            && !waitsForItsParentOnly(pid)
                    ? ProcessHandle.of(pid)
                    : Optional.empty();
        } catch (IOException | NumberFormatException e) {
            log.warn("Cannot tell from {} whether a server was left behind: {}", file, e.toString());
            return Optional.empty();
        }
    }

    /** Ends what an earlier life left behind of the servers that work in this folder, which is given by its real path. */
    static void endSurvivors(Path folder, Duration patience) throws IOException {
        try (var files = Files.newDirectoryStream(folder, "*.pid")) {
            for (var file : files) {
                new PidFile(folder, file.getFileName().toString()).endSurvivor(patience);
            }
        }
    }

    private static boolean endsWithin(ProcessHandle process, Duration patience) {
        var deadline = System.nanoTime() + patience.toNanos();
        while (process.isAlive() && !waitsForItsParentOnly(process.pid())) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        return true;
    }

    /** A process that is dead but for its entry counts as alive where nobody collects orphans, as in many containers. */
    private static boolean waitsForItsParentOnly(long pid) {
        // While other threads of it are ending, it still holds its files and locks.
        var threads = Path.of("/proc", Long.toString(pid), "task").toFile().list();
        return statOf(pid).filter(fields -> fields.get(STATE).equals("Z")).isPresent()
                && threads != null
                && threads.length == 1;
    }

    private boolean namesOurFolder(long pid) {
        // With the separator: a folder whose name only begins like ours is another one.
        var ours = new String((folder + "/").getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        for (var look = 0; look < LOOKS_AT_AN_EXEC; look++) {
            var line = readProcessFile(pid, "cmdline").orElse("\0");
            // It is empty while a process ends, and then it may still hold locks.
            if (line.isEmpty() || line.contains(ours)) {
                return true;
            }
            // While a process turns into another program, its line is cut off for a moment; a whole one has this at its
            // end.
            if (line.endsWith("\0")) {
                return false;
            }
            LockSupport.parkNanos(DURING_AN_EXEC.toNanos());
        }
        return false;
    }

    /** Returns when a process began, in the kernel's own count: unlike a clock time it is the same for everybody who asks. */
    private static Optional<String> startOf(long pid) {
        return statOf(pid).map(fields -> fields.get(START));
    }

    /** Returns the fields that follow the process's name, which may itself hold spaces and parentheses. */
    private static Optional<List<String>> statOf(long pid) {
        return readProcessFile(pid, "stat")
                .map(line -> List.of(line.substring(line.lastIndexOf(')') + 2).split(" ", -1)));
    }

    private static Optional<String> readProcessFile(long pid, String name) {
        try {
            var file = Path.of("/proc", Long.toString(pid), name);
            return Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (IOException _) {
            // It is gone, perhaps since a moment ago.
            return Optional.empty();
        }
    }
}
