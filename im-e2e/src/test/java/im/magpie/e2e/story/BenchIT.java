package im.magpie.e2e.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import im.magpie.bench.command.ImBench;
import im.magpie.e2e.system.MagpieSystem;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmarks work: a little of each. What they come to says nothing here. */
@OnMagpie
class BenchIT {

    private final StringWriter out = new StringWriter();

    @Test
    void everyWorkloadIsMeasured(MagpieSystem system, @TempDir Path folder) throws IOException {
        var json = folder.resolve("runs.json");
        var page = folder.resolve("runs.html");
        var status = ImBench.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(out, true))
                .execute("all", "--smoke", "--data=" + system.data(), "--json=" + json, "--html=" + page);

        assertThat(status).describedAs(out.toString()).isZero();
        var runs = (JsonArray) JsonParser.parseString(Files.readString(json));
        assertThat(runs.asList().stream().map(run -> text(run, "workload")))
                .containsExactly(
                        "W1", "W1", "W1o", "W2", "W3", "W3", "W4", "W4", "W5", "growth", "growth", "growth", "growth",
                        "growth", "growth");
        assertThat(runs).allSatisfy(run -> {
            assertThat(run.getAsJsonObject().get("count").getAsLong()).isPositive();
            assertThat(run.getAsJsonObject()
                            .getAsJsonObject("cpu_us_per_message")
                            .get("total")
                            .getAsDouble())
                    .isPositive();
            assertThat(run.getAsJsonObject().getAsJsonObject("rss_bytes").size())
                    .isGreaterThanOrEqualTo(3);
        });
        assertThat(Files.readString(page)).contains("<svg").contains("</html>");
    }

    private static String text(JsonElement object, String name) {
        return object.getAsJsonObject().get(name).getAsString();
    }
}
