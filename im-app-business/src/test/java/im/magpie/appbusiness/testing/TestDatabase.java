package im.magpie.appbusiness.testing;

import im.magpie.infrastructure.DataDirectory;
import im.magpie.infrastructure.EmbeddedMariaDb;
import java.nio.file.Path;

/** The MariaDB that the tests of a JVM share. It ends with the JVM. */
final class TestDatabase {

    static final String NAME = "magpie_app";

    static final EmbeddedMariaDb SERVER = start();

    private static EmbeddedMariaDb start() {
        var server = new EmbeddedMariaDb(
                DataDirectory.openEmpty(Path.of("target", "servers"), Path.of("..", "target", "programs")));
        server.start();
        return server;
    }

    private TestDatabase() {}
}
