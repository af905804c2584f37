package im.magpie.infrastructure;

import im.magpie.infrastructure.InfrastructureException.Code;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A server program that listens on a loopback port, through as many lives as it is started. It keeps its port through all of them. Safe
 * for use by several threads.
 */
final class LoopbackServer {

    private static final Duration START_PATIENCE = Duration.ofSeconds(60);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

    private final String name;
    private final Path folder;
    private final String readyText;
    private final FreePorts ports;
    private final IntFunction<List<String>> commandFor;
    private final PidFile pidFile;
    private @Nullable ChildProcess child;
    private int port;

    /**
     * @param readyText what the server writes when it accepts connections
     * @param commandFor prepares a start on the given port and returns the command, which must name the folder
     */
    LoopbackServer(String name, Path folder, String readyText, FreePorts ports, IntFunction<List<String>> commandFor) {
        this.name = name;
        this.folder = folder;
        this.readyText = readyText;
        this.ports = ports;
        this.commandFor = commandFor;
        this.pidFile = new PidFile(folder, name + ".pid");
    }

    /**
     * Starts the server, if it does not run, and returns when it accepts connections.
     *
     * @throws InfrastructureException if it does not come up, with the end of its log
     */
    synchronized void start() {
        if (child != null && child.isAlive()) {
            return;
        }
        pidFile.endSurvivor(STOP_PATIENCE);
        if (port == 0) {
            port = ports.listen(name, this::startOn);
        } else {
            startOn(port);
        }
    }

    /** Asks the server to end and waits for it. Without effect if it does not run. */
    synchronized void stop() {
        if (child != null) {
            child.stop(STOP_PATIENCE);
        }
    }

    /** Ends the server at once, as a power failure would. Without effect if it does not run. */
    synchronized void kill() {
        if (child != null) {
            child.kill();
        }
    }

    /**
     * Returns the port, also while the server is stopped.
     *
     * @throws IllegalStateException before the first start
     */
    synchronized int port() {
        if (port == 0) {
            throw new IllegalStateException(name + " was never started");
        }
        return port;
    }

    private void startOn(int candidate) {
        var started = ChildProcess.start(name, folder, commandFor.apply(candidate));
        try {
            pidFile.record(started.pid());
        } catch (IOException e) {
            started.kill();
            throw new InfrastructureException(
                    Code.DATA_DIRECTORY_UNUSABLE, "Cannot write the process id of " + name + ": " + e, e);
        }
        started.awaitOutput(readyText, START_PATIENCE);
        child = started;
    }
}
