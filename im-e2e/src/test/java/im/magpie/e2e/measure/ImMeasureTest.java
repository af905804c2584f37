package im.magpie.e2e.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said without a cluster. */
class ImMeasureTest {

    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(strings = {"--members=1", "--online=0", "--messages=0", "--rate=0", "--members=10", "everything"})
    void refusesWhatCantBeMeasured(String argument) {
        assertThat(execute("everybody", argument)).isEqualTo(2);
        assertThat(err.toString()).isNotEmpty();
    }

    @Test
    void tellsWhatItMeasures() {
        var out = new StringWriter();
        var command = ImMeasure.commandLine().setOut(new PrintWriter(out, true));

        assertThat(command.execute("--help")).isZero();
        assertThat(out.toString()).contains("10,000 members, 2,000 online").contains("--members=N");
    }

    private int execute(String... arguments) {
        return ImMeasure.commandLine().setErr(new PrintWriter(err, true)).execute(arguments);
    }
}
