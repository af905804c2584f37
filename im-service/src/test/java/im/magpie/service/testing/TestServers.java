package im.magpie.service.testing;

import im.magpie.infrastructure.DataDirectory;
import java.nio.file.Path;

/** The data of all servers that the tests of a JVM start. The servers end with the JVM. */
final class TestServers {

    static final DataDirectory DATA =
            DataDirectory.openEmpty(Path.of("target", "servers"), Path.of("..", "target", "programs"));

    private TestServers() {}
}
