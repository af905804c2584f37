package im.magpie.e2e.measure;

import im.magpie.bench.business.Office;
import im.magpie.client.GatewayAddress;
import im.magpie.e2e.cluster.NativeCluster;
import im.magpie.e2e.cluster.OwnFolder;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A cluster without any data, in a folder of its own, to measure; it ends with this. */
final class Site implements AutoCloseable {

    private static final List<String> GATEWAYS = List.of("im-tcp-1", "im-tcp-2");
    private static final List<String> BEHIND_THEM =
            List.of("im-service-1", "im-service-2", "im-message-store-1", "im-message-store-2");

    private final NativeCluster cluster;
    private final OwnFolder folder;
    private final Thread lastResort;

    private Site(NativeCluster cluster, OwnFolder folder) {
        this.cluster = cluster;
        this.folder = folder;
        this.lastResort = new Thread(cluster::end, "end-everything");
    }

    /**
     * Takes the folder and starts a cluster in it, in place of what an earlier measurement has left.
     *
     * @throws im.magpie.e2e.cluster.ClusterException if another run has the folder
     */
    static Site open(Path folder, Path modules, Path clusterJar, boolean install, Consumer<String> report) {
        var own = OwnFolder.take(folder);
        var site = new Site(new NativeCluster(clusterJar, modules, own.path()), own);
        report.accept("Starting a cluster ...");
        site.start(install);
        return site;
    }

    private void start(boolean install) {
        cluster.delete();
        Runtime.getRuntime().addShutdownHook(lastResort);
        var command =
                new ArrayList<>(List.of("up", "--gateways=2", "--services=2", "--stores=2", "--no-redis-replica"));
        if (install) {
            command.add("--install");
        }
        cluster.command(command);
    }

    Office office() {
        return new Office(URI.create(cluster.address("service")), cluster.secret("app"));
    }

    Gauges gauges() {
        return new Gauges(
                cluster, Stream.concat(GATEWAYS.stream(), BEHIND_THEM.stream()).toList());
    }

    /** Returns where clients connect. */
    List<GatewayAddress> gateways() {
        return GATEWAYS.stream()
                .map(name -> new GatewayAddress("127.0.0.1", cluster.port(name + ".tcp")))
                .toList();
    }

    @Override
    public void close() {
        cluster.end();
        cluster.delete();
        folder.close();
    }
}
