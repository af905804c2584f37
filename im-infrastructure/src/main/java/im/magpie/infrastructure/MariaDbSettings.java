package im.magpie.infrastructure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How a MariaDB of Magpie is configured, whoever runs it: the durability and the SQL mode that the services count on. */
public final class MariaDbSettings {

    /** The databases of the services, which exist from the first start on. */
    public static final List<String> DATABASES = List.of("magpie_service", "magpie_store", "magpie_app");

    /** The one who can log in, from this machine only; owns the databases whose names begin with {@code magpie_}. */
    public static final String USER = "magpie";

    private static final String COLLATION = "utf8mb4_unicode_ci";
    private static final String MYSQL_8_SQL_MODE =
            "ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION";

    /**
     * Writes the statements that the server is to begin with to the folder and returns the options of a server on the loopback address. Where
     * its program and its data are is for the caller to add.
     *
     * @param statements further ones, which are run with all rights there are; without a semicolon or a line break
     * @throws IOException if the statements cannot be written
     */
    public static List<String> options(Path folder, int port, String password, List<String> statements)
            throws IOException {
        // Read at every start before anybody can connect, so it also brings new databases and passwords.
        var initialStatements = folder.resolve("init.sql");
        PrivateFiles.write(initialStatements, initialStatements(password, statements));
        return List.of(
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
                "--max-allowed-packet=64M");
    }

    /** Returns the options with which everything begins that works on these data: the server, and what installs them. */
    public static List<String> storage(Path data) {
        var options = new ArrayList<String>();
        // First: options from the machine's own my.cnf are for another server.
        options.add("--no-defaults");
        options.add("--datadir=" + data);
        options.add("--tmpdir=" + data.resolveSibling("tmp"));
        options.add("--innodb-log-file-size=64M");
        if (runsAsRoot()) {
            options.add("--user=root");
        }
        return options;
    }

    /** The server refuses to run as root unless it is told to. */
    private static boolean runsAsRoot() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        } catch (IOException e) {
            return false;
        }
    }

    /** The server reads one statement a line. */
    private static String initialStatements(String password, List<String> further) {
        var user = "'" + USER + "'@'" + ServerAddress.LOOPBACK + "'";
        var statements = new ArrayList<String>();
        for (var database : DATABASES) {
            statements.add("CREATE DATABASE IF NOT EXISTS " + database + " CHARACTER SET utf8mb4 COLLATE " + COLLATION);
        }
        statements.add("CREATE USER IF NOT EXISTS " + user);
        statements.add("ALTER USER " + user + " IDENTIFIED BY '" + password + "'");
        statements.add("GRANT ALL PRIVILEGES ON `magpie\\_%`.* TO " + user);
        statements.addAll(further);
        return String.join(";\n", statements) + ";\n";
    }

    private MariaDbSettings() {}
}
