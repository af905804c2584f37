package im.magpie.infrastructure;

import im.magpie.infrastructure.InfrastructureException.Code;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One life of a server process that must not outlive this JVM.
 *
 * <p>Its output goes to {@code NAME.log} in its folder; the log of the life before is kept as {@code NAME.log.1}. Safe for use by several
 * threads.
 */
final class ChildProcess {

    private static final Logger log = LoggerFactory.getLogger(ChildProcess.class);

    /**
     * A shell that turns itself into the server, so that the server has the process id that Java knows, and leaves a watcher behind. The
     * watcher waits on the pipe from the JVM. The pipe ends when the JVM does, even by a kill, and then the watcher ends the server; first it
     * makes sure that its parent is still the server, and no other process that has its id by now.
     */
    private static final String TIED_TO_STANDARD_INPUT = """
        exec 3<&0
        {
          while read -r line; do :; done
          read -r pid name state parent rest </proc/self/stat
          [ "$parent" = $$ ] && kill -TERM $$
        } <&3 3<&- >/dev/null 2>&1 &
        exec "$@" </dev/null 3<&-
        """;

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final String name;
    private final ServerLog output;
    private final Process process;
    private volatile boolean serving;

    private ChildProcess(String name, ServerLog output, Process process) {
        this.name = name;
        this.output = output;
        this.process = process;
        var _ = process.onExit().thenRun(this::reportUnexpectedEnd);
    }

    /**
     * Starts a command in a folder.
     *
     * @throws InfrastructureException if the operating system cannot start it
     */
    static ChildProcess start(String name, Path folder, List<String> command) {
        try {
            var output = ServerLog.begin(folder, name);
            // A session of its own: Ctrl-C in a terminal then reaches the JVM only, which stops its servers last.
            var tied = new ArrayList<>(List.of("setsid", "sh", "-c", TIED_TO_STANDARD_INPUT, name));
            tied.addAll(command);
            var builder = new ProcessBuilder(tied)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.file().toFile());
            // Else a server could tell systemd that it, and not the JVM, is the service that has become ready.
            builder.environment().remove("NOTIFY_SOCKET");
            return new ChildProcess(name, output, builder.start());
        } catch (IOException e) {
            throw new InfrastructureException(Code.SERVER_FAILED, "Cannot start " + name + ": " + e.getMessage(), e);
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Waits until the process has written this text.
     *
     * @throws InfrastructureException with the last lines of its log, if it ends first or takes too long; it is ended then
     */
    void awaitOutput(String text, Duration patience) {
        var deadline = System.nanoTime() + patience.toNanos();
        while (!output.contains(text)) {
            if (endsWithin(BETWEEN_LOOKS)) {
                throw failure("ended at once, with status " + process.exitValue());
            }
            if (System.nanoTime() > deadline) {
                kill();
                throw failure("was not ready after " + patience.toSeconds() + " s");
            }
        }
        serving = true;
    }

    /** Asks the process to end and waits for it; kills it when that takes too long. */
    void stop(Duration patience) {
        serving = false;
        // Not Process.destroy: that would close the pipe too, and the server would be asked twice.
        process.toHandle().destroy();
        if (!endsWithin(patience)) {
            log.warn("{} did not end within {} s and is killed", name, patience.toSeconds());
            kill();
        }
    }

    /** Ends the process at once, as a power failure would, and waits until it is gone. */
    void kill() {
        serving = false;
        process.toHandle().destroyForcibly();
        process.onExit().join();
    }

    private boolean endsWithin(Duration patience) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            kill();
            throw new InfrastructureException(Code.INTERRUPTED, "Interrupted while waiting for " + name, e);
        }
    }

    private void reportUnexpectedEnd() {
        if (serving) {
            log.error(
                    "{}",
                    failure("ended unexpectedly, with status " + process.exitValue())
                            .getMessage());
        }
    }

    private InfrastructureException failure(String what) {
        return new InfrastructureException(Code.SERVER_FAILED, name + " " + what + ". " + output.end());
    }
}
