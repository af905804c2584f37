package im.magpie.cluster.command;

import im.magpie.cluster.plan.Topology;
import im.magpie.cluster.run.Packages;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Starts what is missing. */
@Command(name = "up", description = "Starts what does not run yet. Numbers that are not given stay what they were.")
public final class UpCommand implements Callable<Integer> {

    @Mixin
    private Place place = new Place();

    @Option(names = "--gateways", paramLabel = "N", description = "im-tcp processes (at first 2)")
    private @Nullable Integer gateways;

    @Option(names = "--services", paramLabel = "N", description = "im-service processes (at first 2)")
    private @Nullable Integer services;

    @Option(names = "--stores", paramLabel = "N", description = "im-message-store processes (at first 2)")
    private @Nullable Integer stores;

    @Option(
            names = "--redis-replica",
            negatable = true,
            description = "a second Redis that follows the first, and a Sentinel")
    private @Nullable Boolean redisReplica;

    @Option(
            names = "--heartbeat",
            paramLabel = "DURATION",
            description = "between two PINGs of a client (at first PT15S)")
    private @Nullable Duration heartbeat;

    @Option(
            names = "--through",
            paramLabel = "SERVER=PORT",
            description =
                    "services reach redis, mariadb or rabbitmq by this port, where somebody passes on what they say")
    private @Nullable Map<String, Integer> through;

    @Option(names = "--clocks", description = "have what \"restart --clock\" needs")
    private boolean clocks;

    @Option(names = "--install", description = "install missing packages with apt-get, as root")
    private boolean install;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    UpCommand() {}

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        Packages.require(clocks, install, out::println);
        try (var cluster = place.cluster(out)) {
            var begin = System.nanoTime();
            var members = cluster.bring(wanted(cluster.topology()));
            out.printf(
                    "%nMagpie runs as a cluster of %d processes (%.0f s).%n",
                    members.all().size(), secondsSince(begin));
            new Guide(members.addresses(), place.folder()).print(out);
        }
        return 0;
    }

    private Topology wanted(Topology present) {
        try {
            return new Topology(
                    gateways == null ? present.gateways() : gateways,
                    services == null ? present.services() : services,
                    stores == null ? present.stores() : stores,
                    redisReplica == null ? present.redisReplica() : redisReplica,
                    heartbeat == null ? present.heartbeat() : heartbeat,
                    through == null ? present.through() : through);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private static double secondsSince(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }
}
