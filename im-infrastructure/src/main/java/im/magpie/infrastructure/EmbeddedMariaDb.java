package im.magpie.infrastructure;

import im.magpie.infrastructure.InfrastructureException.Code;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A MariaDB 11.4 as a child process, on a loopback port of its own.
 *
 * <p>It checks passwords: only {@code magpie@127.0.0.1} with its generated password can log in, and owns the databases whose names begin
 * with {@code magpie_}. There is no socket file and nobody else who could log in, so other users of the machine are kept out. A committed
 * transaction is on disk. Its SQL mode is that of MySQL 8, so that standalone refuses what a cluster would refuse.
 *
 * <p>It can be stopped, started and killed any number of times and keeps its port. Safe for use by several threads.
 */
public final class EmbeddedMariaDb implements AutoCloseable {

    private final List<String> options;
    private final List<String> statements;
    private final Path folder;
    private final Path programs;
    private final String password;
    private final LoopbackServer server;

    /** A server over these data that is yet to be started. The data directory stays open until it is closed. */
    public EmbeddedMariaDb(DataDirectory data) {
        this(data, List.of(), List.of());
    }

    /**
     * As {@link #EmbeddedMariaDb(DataDirectory)}, with more.
     *
     * @param options further ones of the server, such as {@code --max-allowed-packet=2M}; they outdo ours
     * @param statements run at every start with all rights there are, for example to let somebody else in; without a semicolon or a line
     *     break
     */
    public EmbeddedMariaDb(DataDirectory data, List<String> options, List<String> statements) {
        this.options = List.copyOf(options);
        this.statements = List.copyOf(statements);
        this.folder = data.folder("mariadb");
        this.programs = data.programs();
        this.password = data.secret("mariadb");
        this.server = new LoopbackServer("mariadb", folder, "ready for connections", data.ports(), this::command);
    }

    /**
     * Starts the server, if it does not run, and returns when it accepts connections. The very first start unpacks the program and creates
     * the system tables, which takes some seconds more.
     *
     * @throws InfrastructureException if it does not come up, with the end of its log
     */
    public void start() {
        server.start();
    }

    /** Returns where it listens, also while it is stopped. */
    public ServerAddress address() {
        return ServerAddress.onLoopback(server.port(), MariaDbSettings.USER, password);
    }

    /** Returns the URL of a database for the MySQL driver, without parameters. */
    public String jdbcUrl(String database) {
        return "jdbc:mysql://" + address() + "/" + database;
    }

    /** Returns the settings by which the service that owns this database finds it. */
    public Map<String, String> settings(String database) {
        var credentials = address().credentials();
        return Map.of(
                "im.database.url", jdbcUrl(database),
                "im.database.username", credentials.user(),
                "im.database.password", credentials.password());
    }

    /** Ends the server at once, without asking it: what is committed stays. */
    public void kill() {
        server.kill();
    }

    /** Asks the server to end and waits for it. It can be started again. */
    @Override
    public void close() {
        server.stop();
    }

    private List<String> command(int port) {
        try {
            var installation = MariaDbInstallation.in(folder, programs);
            var all = new ArrayList<>(MariaDbSettings.options(folder, port, password, statements));
            all.addAll(options);
            return installation.serverCommand(all);
        } catch (IOException e) {
            throw new InfrastructureException(
                    Code.DATA_DIRECTORY_UNUSABLE, "Cannot prepare the database in " + folder + ": " + e, e);
        }
    }
}
