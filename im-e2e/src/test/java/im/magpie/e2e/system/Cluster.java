package im.magpie.e2e.system;

import im.magpie.e2e.wire.HttpApi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Magpie as many processes over real servers, by the commands of {@code ./im cluster}: two of each service, and a Redis with a replica. */
public final class Cluster implements MagpieSystem {

    private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);

    private static final Duration PATIENCE = Duration.ofMinutes(6);
    private static final int SERVICES = 2;
    private static final String GROUPS_SERVICE = "im-service";
    private static final Pattern ROW =
            Pattern.compile("^(\\S+) +(ready|not ready|stopped) +(\\d+|-)\\b.*", Pattern.MULTILINE);

    private static final List<String> UP = Stream.of(
                    "up",
                    "--gateways=2",
                    "--services=" + SERVICES,
                    "--stores=2",
                    "--redis-replica",
                    "--heartbeat=PT2S",
                    "--install")
            .filter(argument -> !argument.equals("--install") || Boolean.getBoolean("magpie.install"))
            .toList();

    private final Path data;
    private final Set<ProcessHandle> processes = ConcurrentHashMap.newKeySet();
    private final Thread lastResort = new Thread(this::kill, "end-everything");

    private GroupBounds groupBounds = GroupBounds.DEFAULT;

    private Cluster(Path data) {
        this.data = data;
    }

    /** Starts a cluster without any data. */
    static Cluster startNew(String name) {
        var cluster = new Cluster(Folders.newData(name));
        Runtime.getRuntime().addShutdownHook(cluster.lastResort);
        try {
            cluster.start();
        } catch (AssertionError e) {
            cluster.close();
            throw e;
        }
        return cluster;
    }

    @Override
    public void start() {
        var begun = System.nanoTime();
        try {
            command(UP.toArray(String[]::new));
        } finally {
            remember();
        }
        LOG.info("Started within {} ms: {}", (System.nanoTime() - begun) / 1_000_000, data.getFileName());
    }

    @Override
    public void stop() {
        remember();
        command("down");
    }

    @Override
    public void kill() {
        remember();
        endEverything();
    }

    @Override
    public boolean isAlive() {
        return status().size() > 1
                && status().values().stream()
                        .allMatch(process -> process.filter(Processes::works).isPresent());
    }

    @Override
    public List<ProcessHandle> orphans() {
        var own = status().values().stream()
                .flatMap(Optional::stream)
                .flatMap(Cluster::withChildren)
                .toList();
        return processes.stream()
                .filter(process -> !own.contains(process) && Processes.works(process))
                .toList();
    }

    @Override
    public Addresses addresses() {
        return Addresses.read(folder().resolve("addresses"));
    }

    @Override
    public String secret(String name) {
        return Addresses.read(folder().resolve("secrets")).value(name);
    }

    @Override
    public Path data() {
        return data;
    }

    @Override
    public Redis redis() {
        return new Redis(this, member("redis"), folder().resolve("redis").resolve("appendonlydir"));
    }

    @Override
    public Server database() {
        return member("mariadb");
    }

    /** Returns the process of this name, {@code im-tcp-1} for example. */
    public Member member(String name) {
        return new Member(this, name);
    }

    /** Returns the management API of the broker. */
    public HttpApi broker() {
        return HttpApi.at(URI.create(addresses().value("broker_management")))
                .withPassword("magpie", secret("rabbitmq"));
    }

    /** Returns the HTTP API of Nacos. */
    public HttpApi registry() {
        return HttpApi.at(URI.create("http://" + addresses().value("nacos")));
    }

    /** Says in Nacos what a service's settings are from now on: these, and what it was started with. */
    public void changeSettings(String service, String yaml) {
        if (service.equals(GROUPS_SERVICE)) {
            groupBounds = GroupBounds.DEFAULT;
        }
        var document = "dataId=%s.yaml&group=DEFAULT_GROUP&content=%s"
                .formatted(service, URLEncoder.encode(yaml, StandardCharsets.UTF_8));
        registry().post("/nacos/v2/cs/config?" + document, "").orFail();
    }

    @Override
    public void changeGroupBounds(GroupBounds bounds) {
        var before = groupBounds;
        if (!bounds.equals(before)) {
            var position = log().position();
            changeSettings(GROUPS_SERVICE, bounds.settings());
            bounds.changes(before)
                    .forEach(line ->
                            Await.until("all services say: " + line, () -> log().count(position, line) == SERVICES));
            groupBounds = bounds;
        }
    }

    @Override
    public ServerLog log() {
        return ServerLog.below(folder());
    }

    Optional<ProcessHandle> process(String name) {
        return Objects.requireNonNull(status().get(name), name);
    }

    /** Runs one of the commands; fails with what it said when it does. */
    String command(String... arguments) {
        var output = run(arguments);
        if (output.status() != 0) {
            throw new AssertionError("%s: status %d%n%s".formatted(List.of(arguments), output.status(), output.text()));
        }
        return output.text();
    }

    private Map<String, Optional<ProcessHandle>> status() {
        var rows = new LinkedHashMap<String, Optional<ProcessHandle>>();
        var matcher = ROW.matcher(run("status").text());
        while (matcher.find()) {
            var pid = matcher.group(3);
            rows.put(matcher.group(1), pid.equals("-") ? Optional.empty() : ProcessHandle.of(Long.parseLong(pid)));
        }
        return rows;
    }

    private Output run(String... arguments) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var jar = Objects.requireNonNull(System.getProperty("magpie.cluster.jar"), "magpie.cluster.jar");
        var command = new ArrayList<>(List.of(java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", jar));
        command.addAll(List.of(arguments));
        command.add("--data=" + data);
        command.add("--modules=" + Path.of("..").toAbsolutePath().normalize());
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!Await.within(PATIENCE, () -> !process.isAlive())) {
                process.destroyForcibly();
                throw new AssertionError(List.of(arguments) + " does not end: " + text);
            }
            return new Output(process.exitValue(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Output(int status, String text) {}

    private void remember() {
        status().values().stream()
                .flatMap(Optional::stream)
                .flatMap(Cluster::withChildren)
                .forEach(processes::add);
    }

    private static Stream<ProcessHandle> withChildren(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants());
    }

    private Path folder() {
        return data.resolve("cluster");
    }

    @Override
    public void close() {
        remember();
        endEverything();
        Runtime.getRuntime().removeShutdownHook(lastResort);
        Folders.delete(data);
    }

    private void endEverything() {
        processes.forEach(ProcessHandle::destroyForcibly);
        Await.until("all processes have ended", () -> processes.stream().noneMatch(Processes::works));
    }
}
