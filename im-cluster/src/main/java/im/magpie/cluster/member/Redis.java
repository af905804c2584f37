package im.magpie.cluster.member;

import im.magpie.infrastructure.PrivateFiles;
import im.magpie.infrastructure.RedisSettings;
import im.magpie.infrastructure.ServerAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/**
 * A Redis. Where it has a replica, a Sentinel decides which of the two is the master and keeps that in their configurations.
 *
 * @param watched whether there is a Sentinel
 * @param master the port of the one that it follows at first, if it is a replica
 */
record Redis(String name, int port, String password, boolean watched, OptionalInt master) implements Member {

    static final String NAME = "redis";
    static final String REPLICA_NAME = "redis-replica";

    @Override
    public List<Integer> ports() {
        return List.of(port);
    }

    @Override
    public Launch prepare(Path folder) throws IOException {
        var configuration = folder.resolve("redis.conf");
        var text = new StringBuilder(RedisSettings.configuration(port, password));
        // A replica that is promoted has to go on as a master with the same password, and an old master may come to
        // follow it.
        text.append("masterauth ").append(password).append('\n');
        master.ifPresent(of -> text.append("replicaof " + ServerAddress.LOOPBACK + " " + of + "\n"));
        if (!watched || Files.notExists(configuration)) {
            PrivateFiles.write(configuration, text.toString());
        }
        return new Launch(List.of(Programs.REDIS.path(), configuration.toString()));
    }

    @Override
    public Readiness readiness() {
        return new Readiness.Output("Ready to accept connections");
    }
}
