package im.magpie.infrastructure;

import im.magpie.infrastructure.InfrastructureException.Code;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A Redis 6.2 as a child process, on a loopback port of its own and with a generated password.
 *
 * <p>It writes each change to an append-only file, which reaches the disk within a second, and evicts nothing. As no snapshot carries its
 * replication id over a restart, every life has another {@code master_replid}, by which the services notice that it may have lost that last
 * second.
 *
 * <p>It can be stopped, started and killed any number of times and keeps its port. Safe for use by several threads.
 */
public final class EmbeddedRedis implements AutoCloseable {

    private static final String PROGRAM = "redis-server-6.2.6-v5-linux-amd64";
    private static final String USER = "default";

    private final Path folder;
    private final String password;
    private final LoopbackServer server;
    private final Path programs;

    /** A server over these data that is yet to be started. The data directory stays open until it is closed. */
    public EmbeddedRedis(DataDirectory data) {
        this.folder = data.folder("redis");
        this.password = data.secret("redis");
        this.programs = data.programs();
        this.server = new LoopbackServer("redis", folder, "Ready to accept connections", data.ports(), this::command);
    }

    /**
     * Starts the server, if it does not run, and returns when it accepts connections.
     *
     * @throws InfrastructureException if it does not come up, with the end of its log
     */
    public void start() {
        server.start();
    }

    /** Returns where it listens, also while it is stopped. */
    public ServerAddress address() {
        return ServerAddress.onLoopback(server.port(), USER, password);
    }

    /** Returns the folder of its data. While the server is stopped its content may be exchanged, for example for an older copy. */
    public Path folder() {
        return folder;
    }

    /** Ends the server at once. Changes that it was about to append, of the last second or two, may be lost. */
    public void kill() {
        server.kill();
    }

    /** Asks the server to end and waits for it. It can be started again. */
    @Override
    public void close() {
        server.stop();
    }

    private List<String> command(int port) {
        var unpacked = ServerPrograms.unpack(programs, PROGRAM, "", List.of(PROGRAM));
        var configuration = folder.resolve("redis.conf");
        try {
            PrivateFiles.write(configuration, RedisSettings.configuration(port, password));
        } catch (IOException e) {
            throw new InfrastructureException(Code.DATA_DIRECTORY_UNUSABLE, "Cannot write " + configuration, e);
        }
        return List.of(unpacked.resolve(PROGRAM).toString(), configuration.toString());
    }
}
