package im.magpie.bench.site;

import im.magpie.bench.MeasurementException;
import im.magpie.bench.business.Office;
import im.magpie.bench.process.ProcessTable;
import im.magpie.bench.process.Servers;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A Magpie that runs on this machine, as the files in its data folder tell. */
public final class Site {

    /** What the processes of gateways are called, but for a number. */
    public static final String GATEWAY = "im-tcp";

    /** What the process of a standalone server is called. */
    public static final String ALL_IN_ONE = "im-standalone";

    private static final String STORE = "im-message-store";
    private static final String ADDRESSES = "addresses";

    private final Topology topology;
    private final Path folder;
    private final KeyValues addresses;

    private Site(Topology topology, Path folder) {
        this.topology = topology;
        this.folder = folder;
        this.addresses = KeyValues.read(folder.resolve(ADDRESSES));
    }

    /**
     * Finds what runs: the cluster, or else the standalone server.
     *
     * @param data the data folder of {@code ./im}
     * @param wanted null for either
     * @throws MeasurementException if that does not run
     */
    public static Site find(Path data, @Nullable Topology wanted) {
        var cluster = data.resolve("cluster");
        if (wanted != Topology.STANDALONE && Files.exists(cluster.resolve(ADDRESSES))) {
            return new Site(Topology.CLUSTER, cluster);
        }
        if (wanted != Topology.CLUSTER && Files.exists(data.resolve(ADDRESSES))) {
            return new Site(Topology.STANDALONE, data);
        }
        throw new MeasurementException(
                wanted == Topology.CLUSTER
                        ? "The cluster is not running. Start it with ./im cluster up"
                        : "Magpie is not running. Start it with ./im up or ./im cluster up");
    }

    public Topology topology() {
        return topology;
    }

    /** Returns the business system that brings users to it. */
    public Office office() {
        return new Office(
                URI.create(addresses.value("service")),
                KeyValues.read(folder.resolve("secrets")).value("app"));
    }

    /** Returns where its gateways take frames. */
    public List<InetSocketAddress> gateways() {
        return IntStream.rangeClosed(1, Integer.parseInt(addresses.value("gateways")))
                .mapToObj(number -> address(addresses.value("gateway_%d_tcp".formatted(number))))
                .toList();
    }

    private static InetSocketAddress address(String text) {
        var colon = text.lastIndexOf(':');
        return new InetSocketAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }

    /** Returns what its stores say. */
    public StoreMetrics stores() {
        return new StoreMetrics(
                switch (topology) {
                    case STANDALONE -> List.of(metrics(addresses.value("management")));
                    case CLUSTER -> {
                        var ports = KeyValues.read(folder.resolve("ports"));
                        yield servers().membersOf(STORE).keySet().stream()
                                .map(name -> metrics("http://127.0.0.1:" + ports.value(name + ".management")))
                                .toList();
                    }
                });
    }

    private static URI metrics(String management) {
        return URI.create(management + "/actuator/prometheus");
    }

    /** Returns its processes. */
    public Servers servers() {
        return new Servers(
                switch (topology) {
                    case STANDALONE -> Map.of(ALL_IN_ONE, Long.valueOf(addresses.value("pid")));
                    case CLUSTER -> members();
                });
    }

    /** Each member has a folder, and in it a file that begins with its process's id. */
    private Map<String, Long> members() {
        var members = new HashMap<String, Long>();
        var running = ProcessTable.now();
        try (var folders = Files.list(folder)) {
            for (var member : folders.toList()) {
                var name = member.getFileName().toString();
                pid(member.resolve(name + ".pid"))
                        .filter(pid -> running.process(pid).isPresent())
                        .ifPresent(pid -> members.put(name, pid));
            }
        } catch (IOException e) {
            throw new MeasurementException("Nobody knows who runs: " + e);
        }
        return members;
    }

    private static Optional<Long> pid(Path file) {
        try {
            return Optional.of(Long.valueOf(Files.readString(file).strip().split(" ", 2)[0]));
        } catch (IOException | NumberFormatException _) {
            return Optional.empty();
        }
    }
}
