package im.magpie.bench.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said where nothing runs. */
class ImBenchTest {

    @TempDir
    private Path data;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--users=3",
                "--text=10",
                "--outstanding=0",
                "--runs=0",
                "--minutes=0",
                "--group=5",
                "--stored=-1",
                "--conversation-users=3",
                "W9"
            })
    void refusesWhatCantBeMeasured(String argument) {
        assertThat(execute("W1", argument)).isEqualTo(2);
        assertThat(err.toString()).isNotEmpty();
    }

    @Test
    void saysWhatToStart() {
        assertThat(execute("w1")).isEqualTo(1);
        assertThat(err.toString()).contains("Magpie is not running").contains("./im up");
        assertThat(execute("W1o", "--cluster")).isEqualTo(1);
        assertThat(err.toString()).contains("./im cluster up");
    }

    @Test
    void tellsWhatItMeasures() {
        assertThat(execute("--help")).isZero();
        assertThat(out.toString())
                .contains("W1o")
                .contains("10,000, then 19,000 idle connections")
                .contains("with --stored=N also as kept messages go to N")
                .contains("--pin");
    }

    @Test
    void allOfThemComeInTheirOrder() {
        assertThat(Subject.expand(List.of(Subject.ALL, Subject.W3)))
                .containsExactly(
                        Subject.W1, Subject.W1O, Subject.W2, Subject.W3, Subject.W4, Subject.W5, Subject.GROWTH);
        assertThat(Subject.expand(List.of(Subject.W4, Subject.W1))).containsExactly(Subject.W1, Subject.W4);
    }

    private int execute(String... arguments) {
        var all = new String[arguments.length + 1];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--data=" + data;
        return ImBench.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all);
    }
}
