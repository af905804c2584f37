package im.magpie.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonReportTest {

    @Test
    void everyRunIsAnObject() {
        var runs = JsonParser.parseString(JsonReport.text(List.of(Runs.of(1, 1_000), Runs.of(2, 2_000))))
                .getAsJsonArray();

        assertThat(runs).hasSize(2);
        var run = runs.get(1).getAsJsonObject();
        assertThat(run.get("workload").getAsString()).isEqualTo("W1");
        assertThat(run.getAsJsonObject("parameters").get("outstanding").getAsInt())
                .isEqualTo(8);
        assertThat(run.get("run").getAsInt()).isEqualTo(2);
        assertThat(run.get("unit").getAsString()).isEqualTo("message");
        var cpu = run.getAsJsonObject("cpu_us_per_message");
        assertThat(cpu.get("total").getAsDouble()).isEqualTo(2_500);
        assertThat(cpu.get("im-tcp").getAsDouble()).isEqualTo(2_000);
        assertThat(run.get("throughput_per_s").getAsDouble()).isEqualTo(500);
        var latency = run.getAsJsonObject("latency_ms");
        assertThat(latency.get("p50").getAsDouble()).isBetween(499.0, 501.0);
        assertThat(latency.get("p99").getAsDouble()).isBetween(989.0, 991.0);
        assertThat(latency.get("p999").getAsDouble()).isBetween(998.0, 1_000.0);
        assertThat(latency.get("max").getAsDouble()).isBetween(999.0, 1_001.0);
        assertThat(run.has("accept_latency_ms")).isTrue();
        assertThat(run.getAsJsonObject("rss_bytes").get("im-tcp-1").getAsLong()).isEqualTo(1_048_576);
        assertThat(run.get("generator_cores").getAsDouble()).isEqualTo(0.25);
    }

    @Test
    void nothingIsAnEmptyArray() {
        assertThat(JsonParser.parseString(JsonReport.text(List.of())).getAsJsonArray())
                .isEmpty();
    }
}
