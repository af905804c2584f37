package im.magpie.e2e.chaos;

import im.magpie.e2e.cluster.Links;
import im.magpie.e2e.cluster.LiveSettings;
import im.magpie.e2e.cluster.NativeCluster;
import im.magpie.e2e.cluster.OwnFolder;
import im.magpie.e2e.fault.Schedule;
import im.magpie.e2e.fault.Stage;
import im.magpie.e2e.history.HistoryFile;
import im.magpie.e2e.history.Recorder;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** A cluster in a folder of its own, behind proxies, for one run after the other; it ends with this. */
final class Theatre implements AutoCloseable {

    /** How often clients write a PING. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);

    /** Devices agree within one heartbeat and this. */
    private static final Duration BESIDES_A_HEARTBEAT = Duration.ofSeconds(5);

    private static final List<String> GATEWAYS = List.of("im-tcp-1", "im-tcp-2");
    private static final Stage STAGE = new Stage(
            List.of("im-tcp-1", "im-tcp-2", "im-service-1", "im-service-2", "im-message-store-1", "im-message-store-2"),
            List.of("mariadb", "rabbitmq", "redis", "nacos"),
            List.of("redis"),
            List.of("im-tcp-1", "im-tcp-2", "mariadb", "rabbitmq", "redis"));
    private static final DateTimeFormatter IN_FILE_NAMES = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    private final OwnFolder folder;
    private final NativeCluster cluster;
    private final Consumer<String> report;
    private final Thread lastResort;
    private Links links;
    private int runs;

    private Theatre(OwnFolder folder, NativeCluster cluster, Consumer<String> report) {
        this.folder = folder;
        this.cluster = cluster;
        this.report = report;
        this.links = new Links(cluster, GATEWAYS, 0);
        this.lastResort = new Thread(cluster::end, "end-everything");
    }

    /**
     * Takes the folder.
     *
     * @throws im.magpie.e2e.cluster.ClusterException if another run has it
     */
    static Theatre open(Path folder, Path modules, Path clusterJar, Consumer<String> report) {
        var own = OwnFolder.take(folder);
        return new Theatre(own, new NativeCluster(clusterJar, modules, own.path()), report);
    }

    /** Returns where everything is. */
    Path folder() {
        return folder.path();
    }

    /** Starts a cluster without any data, in place of what an earlier run has left. */
    void start(boolean install, long seed) {
        tidy();
        links.close();
        links = new Links(cluster, GATEWAYS, seed);
        Runtime.getRuntime().addShutdownHook(lastResort);
        var command = new ArrayList<>(List.of(
                "up",
                "--gateways=" + GATEWAYS.size(),
                "--services=2",
                "--stores=2",
                // Sentinel would tell clients the ports of the servers themselves, past the proxy.
                "--no-redis-replica",
                "--clocks",
                "--heartbeat=" + HEARTBEAT));
        command.addAll(links.options());
        if (install) {
            command.add("--install");
        }
        report.accept("Starting a cluster ...");
        cluster.command(command);
    }

    /** Performs the run of a seed, and returns where its history is. */
    Path perform(long seed, Duration length) {
        return perform(seed, Schedule.of(seed, length, STAGE), length);
    }

    /** Performs any schedule, and returns where the history is; the seed decides what people do. */
    Path perform(long seed, Schedule schedule, Duration length) {
        runs++;
        var now = LocalDateTime.now(ZoneId.systemDefault()).format(IN_FILE_NAMES);
        var file = folder.path().resolve("seed-%d-%s.jsonl".formatted(seed, now));
        report.accept("Seed %d: %d faults".formatted(seed, schedule.faults().size()));
        var business = new Business(URI.create(cluster.address("business")));
        new LiveSettings(cluster).publish("im-service", Cast.REACHES);
        var patience = HEARTBEAT.plus(BESIDES_A_HEARTBEAT);
        var recorder = new Recorder(HistoryFile.create(file), seed, patience);
        try (var cast = new Cast("run%d".formatted(runs), business, links, recorder)) {
            new Run(cluster, new Crew(cluster, links), cast, recorder, patience, report)
                    .perform(schedule, new SplittableRandom(seed), length);
        } finally {
            recorder.close();
        }
        return file;
    }

    /** Deletes what is left of the cluster; histories stay. */
    void tidy() {
        cluster.delete();
    }

    @Override
    public void close() {
        cluster.end();
        links.close();
        folder.close();
    }
}
