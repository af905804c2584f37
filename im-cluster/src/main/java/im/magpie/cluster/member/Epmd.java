package im.magpie.cluster.member;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Erlang's directory of nodes. RabbitMQ would start one by itself, and leave it behind. */
record Epmd(int port) implements Member {

    static final String NAME = "epmd";

    /** Which nodes there are: the length, 1, and a letter. */
    private static final String NAMES_REQUEST = "\0\1n";

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
        // It takes no argument that could name the folder, so its own name does.
        var program = folder.resolve(NAME);
        Files.deleteIfExists(program);
        Files.createSymbolicLink(program, Path.of(Programs.ERLANG_NAMES.path()).toRealPath());
        return new Launch(List.of(program.toString(), "-port", Integer.toString(port), "-address", "127.0.0.1"));
    }

    @Override
    public Readiness readiness() {
        return new Readiness.Answer(port, NAMES_REQUEST);
    }
}
