package im.magpie.bench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.magpie.bench.MeasurementException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JcmdTest {

    private static final String WAITS = """
        void main() throws Exception {
            System.out.println("ready");
            Thread.sleep(600_000);
        }
        """;

    @Test
    void readsTheTotalOfAHistogram() {
        var text = """
             num     #instances         #bytes  class name
               1:          9       1024  [B (java.base)
            Total          1234       567890
            """;

        assertThat(Jcmd.total(text)).isEqualTo(567_890);
        assertThatThrownBy(() -> Jcmd.total("nothing")).isInstanceOf(MeasurementException.class);
    }

    /** Another one than this: a JVM that writes a histogram does nothing else until somebody has read it. */
    @Test
    void asksAJvm(@TempDir Path folder) throws IOException {
        var source = Files.writeString(folder.resolve("Waits.java"), WAITS);
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(java, source.toString()).start();
        try {
            assertThat(process.inputReader().readLine()).isEqualTo("ready");
            assertThat(Jcmd.liveBytes(process.pid())).isGreaterThan(100_000);
            assertThatThrownBy(() -> Jcmd.run(process.pid(), "no.such.command"))
                    .isInstanceOf(MeasurementException.class);
        } finally {
            process.destroyForcibly();
        }
    }
}
