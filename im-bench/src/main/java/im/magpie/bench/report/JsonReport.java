package im.magpie.bench.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import im.magpie.bench.MeasurementException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** Runs as a JSON array with one object for each; docs/performance.md says what is in it. */
public final class JsonReport {

    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();
    private static final double MILLI = 1e3;
    private static final double ROUND = 1e3;

    /** @throws MeasurementException if the file can't be written */
    public static void write(List<Run> runs, Path file) {
        try {
            Files.writeString(file, text(runs));
        } catch (IOException e) {
            throw new MeasurementException("Cannot write " + file + ": " + e);
        }
    }

    static String text(List<Run> runs) {
        return GSON.toJson(runs.stream().map(JsonReport::object).toList()) + "\n";
    }

    private static Map<String, Object> object(Run run) {
        var object = new LinkedHashMap<String, Object>();
        object.put("workload", run.load().workload());
        object.put("load", run.load().name());
        object.put("topology", run.load().topology());
        object.put("parameters", new TreeMap<>(run.load().parameters()));
        object.put("run", run.number());
        object.put("at", run.at().toString());
        object.put("unit", run.unit());
        object.put("count", run.count());
        object.put("seconds", rounded(run.seconds()));
        object.put("cpu_us_per_message", cpu(run));
        object.put("throughput_per_s", rounded(run.perSecond()));
        run.latencies().forEach((name, latency) -> object.put(name(run, name), latency(latency)));
        object.put("rss_bytes", new TreeMap<>(run.rssBytes()));
        object.put("server_cores", rounded(run.serverCores()));
        object.put("generator_cores", rounded(run.generatorCores()));
        object.put("figures", rounded(run.figures()));
        return object;
    }

    /** The first latency is the one that counts. */
    private static String name(Run run, String latency) {
        return latency.equals(run.latencies().keySet().iterator().next()) ? "latency_ms" : latency + "_latency_ms";
    }

    private static Map<String, Double> cpu(Run run) {
        var cpu = new LinkedHashMap<String, Double>();
        cpu.put("total", rounded(run.cpuMicros()));
        cpu.putAll(rounded(run.cpuMicrosByRole()));
        return cpu;
    }

    private static Map<String, Object> latency(Histogram latency) {
        var parts = new LinkedHashMap<String, Object>();
        for (var percentile : Percentile.values()) {
            parts.put(percentile.word(), percentile.of(latency) / MILLI);
        }
        parts.put("count", latency.getTotalCount());
        return parts;
    }

    private static Map<String, Double> rounded(Map<String, Double> values) {
        var rounded = new TreeMap<String, Double>();
        values.forEach((name, value) -> rounded.put(name, rounded(value)));
        return rounded;
    }

    private static double rounded(double value) {
        return Math.round(value * ROUND) / ROUND;
    }

    private JsonReport() {}
}
