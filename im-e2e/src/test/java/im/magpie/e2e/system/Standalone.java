package im.magpie.e2e.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A whole Magpie: the standalone jar as a process, with two gateways on free ports and data of its own. It may stop, be killed and start again on
 * the same data as often as a story asks for it; its ports change each time.
 */
public final class Standalone implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Standalone.class);

    private static final Duration START_PATIENCE = Duration.ofMinutes(5);
    private static final Duration STOP_PATIENCE = Duration.ofMinutes(1);

    private final Path data;
    private final ServerLog log;
    private final Set<ProcessHandle> servers = ConcurrentHashMap.newKeySet();
    private final Thread lastResort = new Thread(this::endEverything, "end-everything");
    private @Nullable Process process;
    private volatile @Nullable Addresses addresses;

    private Standalone(String name) {
        this.data = Folders.newData(name);
        this.log = new ServerLog(Folders.newLog(name));
    }

    /** Starts a system without any data. */
    public static Standalone startNew(String name) {
        var system = new Standalone(name);
        Runtime.getRuntime().addShutdownHook(system.lastResort);
        try {
            system.start();
        } catch (AssertionError e) {
            system.close();
            throw e;
        }
        return system;
    }

    /** Starts it and returns when it is ready. */
    public void start() {
        var begun = System.nanoTime();
        var started = launch();
        process = started;
        var file = data.resolve("addresses");
        var ready = Await.within(START_PATIENCE, () -> {
            var now = Files.exists(file) ? Addresses.read(file) : null;
            // The file of an earlier life, which was killed, is still there.
            if (now != null && now.pid() == started.pid()) {
                addresses = now;
                return true;
            }
            return !started.isAlive();
        });
        if (!ready || !started.isAlive()) {
            throw new AssertionError("the system does not start:\n" + log.since(0));
        }
        children().forEach(servers::add);
        LOG.info("Started within {} ms: {}", (System.nanoTime() - begun) / 1_000_000, data.getFileName());
    }

    private Process launch() {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var jar = Objects.requireNonNull(System.getProperty("magpie.standalone.jar"), "magpie.standalone.jar");
        var command = new ArrayList<>(List.of(java));
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(List.of("-XX:+UseCompactObjectHeaders", "-Xmx512m", "-XX:+ExitOnOutOfMemoryError"));
        command.addAll(List.of("-Duser.home=" + data.resolve("home"), "-jar", jar, "--data=" + data));
        command.addAll(List.of("--gateways=2", "--service-port=0", "--business-port=0", "--tcp-port=0"));
        command.addAll(List.of("--websocket-port=0", "--heartbeat=PT2S"));
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.file().toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks it to stop and returns when it has. */
    public void stop() {
        var running = running();
        running.destroy();
        awaitEnd(running);
    }

    /** Kills it, as a power failure of its machine would but for the disk; returns when it is gone. Its servers may live a moment longer. */
    public void kill() {
        var running = running();
        children().forEach(servers::add);
        running.destroyForcibly();
        awaitEnd(running);
    }

    private static void awaitEnd(Process running) {
        if (!Await.within(STOP_PATIENCE, () -> !running.isAlive())) {
            throw new AssertionError("the system does not stop");
        }
    }

    /** Returns whether it runs. */
    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** Returns the servers of its earlier lives that still run, and those of this one, if it does not run. */
    public List<ProcessHandle> orphans() {
        var own = isAlive() ? children().toList() : List.<ProcessHandle>of();
        return servers.stream()
                .filter(server -> !own.contains(server) && Processes.works(server))
                .toList();
    }

    /** Returns where it listens, or listened last. */
    public Addresses addresses() {
        return Objects.requireNonNull(addresses);
    }

    /** Returns one of the secrets that it has drawn for itself. */
    public String secret(String name) {
        return Addresses.read(data.resolve("secrets")).value(name);
    }

    public Redis redis() {
        return new Redis(this);
    }

    public Child database() {
        return new Child(this, "mariadbd");
    }

    public ServerLog log() {
        return log;
    }

    Path data() {
        return data;
    }

    Stream<ProcessHandle> children() {
        return running().toHandle().children();
    }

    private Process running() {
        return Objects.requireNonNull(process, "it was never started");
    }

    /** Ends it and all of its servers, and deletes its data. */
    @Override
    public void close() {
        endEverything();
        Runtime.getRuntime().removeShutdownHook(lastResort);
        Folders.delete(data);
    }

    private void endEverything() {
        if (process != null && process.isAlive()) {
            children().forEach(servers::add);
            process.destroyForcibly();
            awaitEnd(process);
        }
        servers.forEach(ProcessHandle::destroyForcibly);
        Await.until("all servers have ended", () -> servers.stream().noneMatch(Processes::works));
    }
}
