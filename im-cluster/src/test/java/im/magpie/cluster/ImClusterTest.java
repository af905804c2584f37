package im.magpie.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said where nothing runs. */
class ImClusterTest {

    @TempDir
    Path data;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void saysThatThereIsNoCluster() {
        assertThat(execute("status")).isEqualTo(1);
        assertThat(execute("logs")).isEqualTo(1);
        assertThat(execute("kill", "redis")).isEqualTo(1);
        assertThat(execute("restart", "redis")).isEqualTo(1);
        assertThat(execute("scale", "gateways=3")).isEqualTo(1);
        assertThat(err.toString().lines())
                .hasSize(5)
                .allMatch(
                        ("There is no cluster in " + data.resolve("cluster") + ". Start one with ./im cluster up")
                                ::equals);
    }

    @Test
    void isDownAlready() {
        assertThat(execute("down")).isZero();
        assertThat(out.toString()).isEqualToIgnoringNewLines("The cluster is not running.");
        assertThat(data).isEmptyDirectory();
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThat(execute("up", "--boats=3")).isEqualTo(2);
        assertThat(execute("scale")).isEqualTo(2);
        assertThat(execute("fly")).isEqualTo(2);
    }

    @Test
    void explainsItself() {
        assertThat(execute("help")).isZero();
        assertThat(execute("up", "--help")).isZero();
        assertThat(out.toString()).contains("scale", "--heartbeat");
    }

    private int execute(String... arguments) {
        var commandLine = ImCluster.commandLine();
        commandLine.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        commandLine.setDefaultValueProvider((argument) -> argument.paramLabel().equals("DIR") ? data.toString() : null);
        return commandLine.execute(arguments);
    }
}
