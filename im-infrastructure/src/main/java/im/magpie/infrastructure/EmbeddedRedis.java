package im.magpie.infrastructure;

import im.magpie.infrastructure.InfrastructureException.Code;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
    private final Path programs;
    private final @Nullable Path program;
    private final LoopbackServer server;

    /** A server over these data that is yet to be started. The data directory stays open until it is closed. */
    public EmbeddedRedis(DataDirectory data) {
        this(data, "redis", null);
    }

    /**
     * As {@link #EmbeddedRedis(DataDirectory)}, one of several.
     *
     * @param name of its folder, its secret and its port
     * @param program another redis-server to run instead of ours, or null
     */
    public EmbeddedRedis(DataDirectory data, String name, @Nullable Path program) {
        this.folder = data.folder(name);
        this.password = data.secret(name);
        this.programs = data.programs();
        this.program = program;
        this.server = new LoopbackServer(name, folder, "Ready to accept connections", data.ports(), this::command);
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

    /** Returns the settings by which im-service finds it. */
    public Map<String, String> settings() {
        var address = address();
        return Map.of(
                "im.service.redis.addresses",
                "redis://" + address,
                "im.service.redis.password",
                address.credentials().password());
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
        var configuration = folder.resolve("redis.conf");
        try {
            PrivateFiles.write(configuration, RedisSettings.configuration(port, password));
        } catch (IOException e) {
            throw new InfrastructureException(Code.DATA_DIRECTORY_UNUSABLE, "Cannot write " + configuration, e);
        }
        return List.of(program().toString(), configuration.toString());
    }

    private Path program() {
        return program == null
                ? ServerPrograms.unpack(programs, PROGRAM, "", List.of(PROGRAM)).resolve(PROGRAM)
                : program;
    }
}
