package im.magpie.cluster.member;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The registry and configuration centre, in the form of im-nacos-server. */
record Nacos(int port, JavaPrograms java) implements Member {

    static final String NAME = "nacos";

    /** Its further ports, seen from the first: Raft, and gRPC for clients. */
    static final List<Integer> DISTANCES = List.of(-1000, 1000);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Integer> ports() {
        return List.of(port, port + DISTANCES.getFirst(), port + DISTANCES.getLast());
    }

    @Override
    public Launch prepare(Path folder) throws IOException {
        // It is nobody's production: what it takes to start counts, and how fast it could be in the end does not.
        var options = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m");
        var arguments = List.of(Integer.toString(port), folder.toString());
        return new Launch(java.program("im-nacos-server", true).command(folder, options, arguments));
    }

    @Override
    public Readiness readiness() {
        return new Readiness.Output("Nacos started successfully");
    }
}
