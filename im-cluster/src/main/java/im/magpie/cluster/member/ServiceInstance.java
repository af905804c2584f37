package im.magpie.cluster.member;

import im.magpie.infrastructure.ServerAddress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One of several processes of a Magpie service.
 *
 * @param name the module's, with a number behind it
 * @param remembers whether it keeps for later starts what it has loaded; one of each service does
 * @param ports where it listens; the last is that of its health
 * @param environment all of its configuration
 */
record ServiceInstance(
        String name,
        String module,
        boolean remembers,
        List<Integer> ports,
        Map<String, String> environment,
        JavaPrograms java)
        implements Member {

    /** New objects get room enough to die in: a small young generation is collected all the time, and passes on what dies soon. */
    private static final List<String> OPTIONS = List.of("-XX:+UseSerialGC", "-Xms160m", "-Xmn96m", "-Xmx384m");

    @Override
    public Launch prepare(Path folder) throws IOException {
        return new Launch(java.program(module, remembers).command(folder, OPTIONS, List.of()), environment);
    }

    @Override
    public Readiness readiness() {
        return new Readiness.Http(
                URI.create("http://" + ServerAddress.LOOPBACK + ":" + ports.getLast() + "/actuator/health/readiness"));
    }
}
