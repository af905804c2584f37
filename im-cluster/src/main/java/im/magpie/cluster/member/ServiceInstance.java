package im.magpie.cluster.member;

import im.magpie.infrastructure.ServerAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One of several processes of a Magpie service.
 *
 * @param name the module's, with a number behind it
 * @param ports where it listens; the last is that of its health
 * @param environment all of its configuration
 */
record ServiceInstance(
        String name, String module, List<Integer> ports, Map<String, String> environment, JavaPrograms java)
        implements Member {

    private static final List<String> OPTIONS = List.of("-Xms64m", "-Xmx384m");

    @Override
    public Launch prepare(Path folder) {
        return new Launch(java.command(module, folder, OPTIONS, List.of()), environment);
    }

    @Override
    public Readiness readiness() {
        return new Readiness.Http(URI.create(
                "http://" + ServerAddress.LOOPBACK + ":" + ports.getLast() + "/actuator/health/readiness"));
    }
}
