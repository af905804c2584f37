package im.magpie.cluster.member;

import im.magpie.infrastructure.InfrastructureException;
import im.magpie.infrastructure.InfrastructureException.Code;
import im.magpie.infrastructure.MariaDbSettings;
import im.magpie.infrastructure.PrivateFiles;
import im.magpie.infrastructure.ServerLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The database. Nobody but its one user can log in: there is no socket file, by which alone root could. */
record MariaDb(int port, String password) implements Member {

    static final String NAME = "mariadb";

    private static final String LOG_SIZE = "--innodb-log-file-size=64M";

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
        var data = folder.resolve("data");
        if (!Files.exists(data)) {
            install(folder, data);
        }
        var temporary = PrivateFiles.createFolder(folder.resolve("tmp"));
        // Options from the machine's own my.cnf are for another server.
        var command = new ArrayList<>(
                List.of(Programs.MARIADB.path(), "--no-defaults", "--datadir=" + data, "--tmpdir=" + temporary, LOG_SIZE));
        command.addAll(MariaDbSettings.userOptions());
        command.addAll(MariaDbSettings.options(folder, port, password));
        return new Launch(command);
    }

    @Override
    public Readiness readiness() {
        return new Readiness.Output("ready for connections");
    }

    private static void install(Path folder, Path data) throws IOException {
        // Complete or not there: a start that is killed halfway leaves nothing that looks like a database.
        var unfinished = PrivateFiles.createWorkFolder(folder, "installing-");
        try {
            var command = new ArrayList<>(List.of(
                    Programs.MARIADB_INSTALLATION.path(),
                    "--no-defaults",
                    "--datadir=" + unfinished,
                    "--skip-test-db",
                    "--skip-name-resolve",
                    "--auth-root-authentication-method=socket",
                    LOG_SIZE));
            command.addAll(MariaDbSettings.userOptions());
            run(command, ServerLog.begin(folder, "install"));
            Files.move(unfinished, data);
        } finally {
            PrivateFiles.deleteFolder(unfinished);
        }
    }

    private static void run(List<String> command, ServerLog output) throws IOException {
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.file().toFile())
                .start();
        try {
            if (process.waitFor() != 0) {
                throw new InfrastructureException(
                        Code.SERVER_FAILED, "MariaDB could not create its system tables. " + output.end());
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new InfrastructureException(Code.INTERRUPTED, "Interrupted while MariaDB was installed", e);
        }
    }
}
