package im.magpie.infrastructure;

import im.magpie.infrastructure.InfrastructureException.Code;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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

    /** The databases of the services, which exist from the first start on. */
    public static final List<String> DATABASES = List.of("magpie_service", "magpie_store", "magpie_app");

    private static final String USER = "magpie";
    private static final String COLLATION = "utf8mb4_unicode_ci";
    private static final String MYSQL_8_SQL_MODE =
            "ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION";

    private final Path folder;
    private final Path programs;
    private final String password;
    private final LoopbackServer server;

    /** A server over these data that is yet to be started. The data directory stays open until it is closed. */
    public EmbeddedMariaDb(DataDirectory data) {
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
        return ServerAddress.onLoopback(server.port(), USER, password);
    }

    /** Returns the URL of a database for the MySQL driver, without parameters. */
    public String jdbcUrl(String database) {
        return "jdbc:mysql://" + address() + "/" + database;
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
            // Read at every start before anybody can connect, so it also brings new databases and passwords.
            var initialStatements = folder.resolve("init.sql");
            PrivateFiles.write(initialStatements, initialStatements());
            return installation.serverCommand(List.of(
                    "--bind-address=" + ServerAddress.LOOPBACK,
                    "--port=" + port,
                    "--socket=",
                    "--skip-name-resolve",
                    // Making a certificate would take seconds of every start, for bytes that never leave this machine.
                    "--skip-ssl",
                    "--init-file=" + initialStatements,
                    "--character-set-server=utf8mb4",
                    "--collation-server=" + COLLATION,
                    "--default-time-zone=+00:00",
                    "--sql-mode=" + MYSQL_8_SQL_MODE,
                    "--innodb-flush-log-at-trx-commit=1",
                    "--innodb-buffer-pool-size=128M",
                    "--performance-schema=OFF",
                    "--max-connections=200",
                    "--max-allowed-packet=64M"));
        } catch (IOException e) {
            throw new InfrastructureException(
                    Code.DATA_DIRECTORY_UNUSABLE, "Cannot prepare the database in " + folder + ": " + e, e);
        }
    }

    /** The server reads one statement a line. */
    private String initialStatements() {
        var user = "'" + USER + "'@'" + ServerAddress.LOOPBACK + "'";
        var statements = new ArrayList<String>();
        for (var database : DATABASES) {
            statements.add("CREATE DATABASE IF NOT EXISTS " + database + " CHARACTER SET utf8mb4 COLLATE " + COLLATION);
        }
        statements.add("CREATE USER IF NOT EXISTS " + user);
        statements.add("ALTER USER " + user + " IDENTIFIED BY '" + password + "'");
        statements.add("GRANT ALL PRIVILEGES ON `magpie\\_%`.* TO " + user);
        return String.join(";\n", statements) + ";\n";
    }
}
