package im.magpie.e2e.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The standalone jar as a process, with two gateways on free ports, in which a handful of people are a large group. Its servers may live a moment longer than it
 * when it is killed.
 */
public final class Standalone implements MagpieSystem {

    private static final Logger LOG = LoggerFactory.getLogger(Standalone.class);

    private static final Duration START_PATIENCE = Duration.ofMinutes(5);
    private static final Duration STOP_PATIENCE = Duration.ofMinutes(1);

    private final Map<String, String> environment;
    private final Path data;
    private final Path logFile;
    private final ServerLog log;
    private final Set<ProcessHandle> servers = ConcurrentHashMap.newKeySet();
    private final Thread lastResort = new Thread(this::endEverything, "end-everything");
    private @Nullable Process process;
    private volatile @Nullable Addresses addresses;
    private GroupBounds groupBounds = GroupBounds.SMALL;

    private Standalone(String name, Map<String, String> environment) {
        this.environment = environment;
        this.data = Folders.newData(name);
        this.logFile = Folders.newLog(name);
        this.log = ServerLog.of(logFile);
    }

    /** Starts a system without any data. */
    static Standalone startNew(String name) {
        return startNew(name, Map.of());
    }

    /** The same with settings as environment variables. */
    public static Standalone startNew(String name, Map<String, String> environment) {
        var system = new Standalone(name, environment);
        Runtime.getRuntime().addShutdownHook(system.lastResort);
        try {
            system.start();
        } catch (AssertionError e) {
            system.close();
            throw e;
        }
        return system;
    }

    @Override
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
            throw new AssertionError("the system does not start:\n" + log.since(new ServerLog.Position(Map.of())));
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
        // It lives for seconds, and the second compiler takes half of its start.
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(List.of("-Duser.home=" + data.resolve("home"), "-jar", jar, "--data=" + data));
        command.addAll(List.of(
                "--gateways=2", "--service-port=0", "--business-port=0", "--management-port=0", "--tcp-port=0"));
        command.addAll(List.of("--websocket-port=0", "--heartbeat=PT2S"));
        try {
            var builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile.toFile()));
            builder.environment().putAll(groupBounds.environment());
            builder.environment().put("IM_TCP_GROUPS_RENEW_EVERY", "2s");
            builder.environment().putAll(environment);
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        var running = running();
        running.destroy();
        awaitEnd(running);
    }

    @Override
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

    @Override
    public void changeGroupBounds(GroupBounds bounds) {
        if (!bounds.equals(groupBounds)) {
            stop();
            groupBounds = bounds;
            start();
        }
    }

    @Override
    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    @Override
    public List<ProcessHandle> orphans() {
        var own = isAlive() ? children().toList() : List.<ProcessHandle>of();
        return servers.stream()
                .filter(server -> !own.contains(server) && Processes.works(server))
                .toList();
    }

    @Override
    public Addresses addresses() {
        return Objects.requireNonNull(addresses);
    }

    @Override
    public String secret(String name) {
        return Addresses.read(data.resolve("secrets")).value(name);
    }

    @Override
    public Path data() {
        return data;
    }

    @Override
    public Redis redis() {
        var file = data.resolve("redis").resolve("appendonly.aof");
        return new Redis(this, new StandaloneServer(this, "redis-server"), file);
    }

    @Override
    public Server database() {
        return new StandaloneServer(this, "mariadbd");
    }

    @Override
    public ServerLog log() {
        return log;
    }

    Stream<ProcessHandle> children() {
        return running().toHandle().children();
    }

    private Process running() {
        return Objects.requireNonNull(process, "it was never started");
    }

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
