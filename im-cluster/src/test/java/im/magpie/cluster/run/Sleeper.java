package im.magpie.cluster.run;

import im.magpie.cluster.member.Launch;
import im.magpie.cluster.member.Member;
import im.magpie.cluster.member.Readiness;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A member that does nothing.
 *
 * @param script what a shell does; {@code $0} is the folder's path, by which its process is known
 */
record Sleeper(String name, String script, List<Integer> ports) implements Member {

    private static final String SLEEP = "while :; do sleep 0.05; done";

    /** One that is ready at once. */
    static Sleeper named(String name) {
        return saying(name, "ready");
    }

    /** One that writes a word and goes to sleep; it is ready if that is "ready". */
    static Sleeper saying(String name, String word) {
        return new Sleeper(name, "echo " + word + "; " + SLEEP, List.of());
    }

    @Override
    public Launch prepare(Path folder) {
        return new Launch(List.of("sh", "-c", script, folder + "/"), Map.of("TOLD", "something"));
    }

    @Override
    public Readiness readiness() {
        return new Readiness.Output("ready");
    }
}
