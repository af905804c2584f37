package im.magpie.cluster.member;

import im.magpie.infrastructure.PrivateFiles;
import im.magpie.infrastructure.ServerAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Watches a Redis that has a replica, and promotes the replica when it is gone. Alone it is no majority of anything: it shows what happens, on one
 * machine.
 *
 * @param master the port of the Redis that is the master at first
 */
record Sentinel(int port, String password, int master) implements Member {

    static final String NAME = "redis-sentinel";

    /** The name by which services ask for the master. */
    static final String MASTER = "magpie";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Integer> ports() {
        return List.of(port);
    }

    @Override
    public Launch prepare(Path folder) throws IOException {
        var configuration = folder.resolve("sentinel.conf");
        // It writes into its file who is the master now, which must outlive it.
        if (Files.notExists(configuration)) {
            PrivateFiles.write(
                    configuration, """
                        bind %1$s
                        port %2$d
                        dir %3$s
                        requirepass %4$s
                        proc-title-template "{title} {listen-addr} {config-file}"
                        sentinel monitor %5$s %1$s %6$d 1
                        sentinel auth-pass %5$s %4$s
                        sentinel down-after-milliseconds %5$s 5000
                        sentinel failover-timeout %5$s 10000
                        """.formatted(ServerAddress.LOOPBACK, port, folder, password, MASTER, master));
        }
        return new Launch(List.of(Programs.REDIS.path(), configuration.toString(), "--sentinel"));
    }

    @Override
    public Readiness readiness() {
        return new Readiness.Answer(port, "PING\r\n");
    }
}
