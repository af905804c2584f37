package im.magpie.e2e.measure;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import im.magpie.bench.MeasurementException;
import im.magpie.bench.process.Memory;
import im.magpie.e2e.cluster.NativeCluster;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What every process of a cluster spends: from the system's table of processes, the services' metrics, and what the servers say of themselves. Blocks. */
final class Gauges {

    /** The broker counts what it has read every five seconds. */
    private static final Duration UNTIL_COUNTED = Duration.ofSeconds(6);

    private static final int TIMEOUT_MILLIS = 10_000;
    private static final Pattern SAMPLE = Pattern.compile("^([a-z_]+)(?:\\{(.*)})? ([0-9.Ee+-]+)$", Pattern.MULTILINE);
    private static final double MIB = 1_048_576;

    /** The metrics that are counted, by what they are called here. */
    private static final Map<String, String> COUNTED = Map.of(
            "magpie_redis_script_seconds_count", Costs.SCRIPTS,
            "magpie_service_store_batch_records_count", Costs.STORE_ENVELOPES,
            "magpie_service_push_batch_packets_count", Costs.PUSH_ENVELOPES,
            "hikaricp_connections_usage_seconds_count", Costs.DATABASE,
            "magpie_gateway_resent_pushes_total", Costs.RESENT);

    private final NativeCluster cluster;
    private final List<String> services;
    private final HttpClient http = HttpClient.newHttpClient();

    /** @param services the names of the processes that show metrics */
    Gauges(NativeCluster cluster, List<String> services) {
        this.cluster = cluster;
        this.services = services;
    }

    /** Reads everything, once what has been done by now has been finished and counted. */
    Reading read() {
        Patience.pass(UNTIL_COUNTED);
        return now();
    }

    /** Reads everything, where nothing was done just before. */
    Reading now() {
        var cpu = new TreeMap<String, Double>();
        var now = System.nanoTime() / 1e9;
        processes()
                .forEach((name, process) -> process.info()
                        .totalCpuDuration()
                        .ifPresent(spent -> cpu.merge(role(name), spent.toNanos() / 1e9, Double::sum)));
        var counts = new TreeMap<String, Double>();
        services.forEach(service -> count(service, counts));
        counts.put(Costs.REDIS_BYTES, redisBytes());
        counts.put(Costs.BROKER_BYTES, brokerBytes());
        return new Reading(now, cpu, counts);
    }

    /**
     * What a process holds in memory, in MiB.
     *
     * @param resident now
     * @param most the most that it ever held
     * @param heap what its heap may grow to; 0 for what is no JVM of ours
     */
    record Footprint(double resident, double most, double heap) {}

    /** Returns what each process holds, where the system tells. */
    Map<String, Footprint> memory() {
        var held = new TreeMap<String, Footprint>();
        processes().forEach((name, process) -> {
            try {
                var memory = Memory.of(process.pid());
                held.put(name, new Footprint(memory.resident() / MIB, memory.peak() / MIB, heap(name)));
            } catch (MeasurementException _) {
                // Not Linux, or it has just ended.
            }
        });
        return held;
    }

    private double heap(String name) {
        return services.contains(name)
                ? SAMPLE.matcher(metrics(name))
                        .results()
                        .filter(row -> row.group(1).equals("jvm_memory_max_bytes")
                                && row.group(2).contains("area=\"heap\""))
                        .mapToDouble(row -> Double.parseDouble(row.group(3)) / MIB)
                        .sum()
                : 0;
    }

    private Map<String, ProcessHandle> processes() {
        var running = new TreeMap<String, ProcessHandle>();
        try (var folders = Files.list(cluster.folder())) {
            folders.map(folder -> folder.getFileName().toString())
                    .forEach(name -> cluster.process(name).ifPresent(process -> running.put(name, process)));
        } catch (IOException e) {
            throw new MeasurementException("Nobody knows who runs: " + e);
        }
        return running;
    }

    /** All processes of a service count as one. */
    private static String role(String member) {
        return member.replaceFirst("-\\d+$", "");
    }

    private void count(String service, Map<String, Double> counts) {
        SAMPLE.matcher(metrics(service)).results().forEach(row -> {
            var name = COUNTED.get(row.group(1));
            if (name != null) {
                counts.merge(name, Double.parseDouble(row.group(3)), Double::sum);
            }
        });
    }

    private String metrics(String service) {
        return get("http://127.0.0.1:%d/actuator/prometheus".formatted(cluster.port(service + ".management")), "");
    }

    private double brokerBytes() {
        var credentials = "magpie:" + cluster.secret("rabbitmq");
        var authorization =
                "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.US_ASCII));
        var connections =
                JsonParser.parseString(get(cluster.address("broker_management") + "/api/connections", authorization));
        return ((JsonArray) connections)
                .asList().stream()
                        .mapToDouble(connection ->
                                connection.getAsJsonObject().get("recv_oct").getAsDouble())
                        .sum();
    }

    private double redisBytes() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), cluster.port("redis"))) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            var commands = "AUTH %s\r\nINFO stats\r\nQUIT\r\n".formatted(cluster.secret("redis"));
            socket.getOutputStream().write(commands.getBytes(StandardCharsets.US_ASCII));
            var reply = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return Pattern.compile("total_net_(?:in|out)put_bytes:(\\d+)")
                    .matcher(reply)
                    .results()
                    .mapToDouble(row -> Double.parseDouble(row.group(1)))
                    .sum();
        } catch (IOException e) {
            throw new MeasurementException("Redis does not answer: " + e);
        }
    }

    private String get(String address, String authorization) {
        var request = HttpRequest.newBuilder(URI.create(address)).timeout(Duration.ofMillis(TIMEOUT_MILLIS));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        try {
            return http.send(request.build(), BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new MeasurementException("%s does not answer: %s".formatted(address, e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MeasurementException("interrupted");
        }
    }
}
