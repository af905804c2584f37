package im.magpie.cluster.member;

import im.magpie.infrastructure.InfrastructureException;
import im.magpie.infrastructure.InfrastructureException.Code;
import im.magpie.infrastructure.MariaDbSettings;
import im.magpie.infrastructure.PrivateFiles;
import im.magpie.infrastructure.ServerLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The database. Nobody but its one user can log in: there is no socket file, by which alone root could. */
record MariaDb(int port, String password) implements Member {

    static final String NAME = "mariadb";

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
        PrivateFiles.createFolder(folder.resolve("tmp"));
        var data = PrivateFiles.createOnce(
                folder, "data", unfinished -> install(unfinished, ServerLog.begin(folder, "install")));
        var command = new ArrayList<String>();
        command.add(Programs.MARIADB.path());
        command.addAll(MariaDbSettings.storage(data));
        command.addAll(MariaDbSettings.options(folder, port, password, List.of()));
        return new Launch(command);
    }

    @Override
    public Readiness readiness() {
        return new Readiness.Output("ready for connections");
    }

    private static void install(Path data, ServerLog output) throws IOException {
        var command = new ArrayList<String>();
        command.add(Programs.MARIADB_INSTALLATION.path());
        command.addAll(MariaDbSettings.storage(data));
        command.addAll(List.of("--skip-test-db", "--skip-name-resolve", "--auth-root-authentication-method=socket"));
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
