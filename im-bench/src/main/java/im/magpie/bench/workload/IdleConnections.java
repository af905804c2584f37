package im.magpie.bench.workload;

import im.magpie.bench.client.Crowd;
import im.magpie.bench.report.Run;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * W2: many users log in and then do nothing but keep their connections. What counts is a login; further figures say what the gateways hold for a connection
 * and what the system spends while nobody does anything.
 */
public final class IdleConnections implements Workload {

    private static final int LOGINS_AT_ONCE = 64;
    private static final int HEARTBEAT_MILLIS = 60_000;
    private static final Duration TO_REST = Duration.ofSeconds(3);
    private static final Duration TO_CLOSE = Duration.ofSeconds(30);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    /** Files that a gateway opens for something else in the meantime. */
    private static final int OTHER_FILES = 50;

    @Override
    public void measure(Bench bench) {
        var settings = bench.settings();
        var most = settings.connections().stream()
                .mapToInt(Integer::intValue)
                .max()
                .orElse(0);
        var gateways = GatewayMemory.gateways(bench.servers(), settings.gateways());
        GatewayMemory.requireFiles(gateways, most);
        bench.progress().now("W2: %,d users are imported".formatted(most));
        var users = bench.office().importUsers(Bench.freshWord(), most);
        var first = users.subList(0, settings.connections().getFirst());
        bench.warmUp().repeat("W2", () -> comeAndGo(bench, gateways.values(), first));
        for (var connections : settings.connections()) {
            for (var number = 1; number <= settings.runs(); number++) {
                run(bench, gateways.values(), users.subList(0, connections), number);
            }
        }
    }

    private static List<InetSocketAddress> addresses(Bench bench) {
        return bench.site().gateways().subList(0, bench.settings().gateways());
    }

    private static void comeAndGo(Bench bench, Collection<Long> gateways, List<String> users) {
        var files = GatewayMemory.files(gateways);
        try (var crowd = new Crowd(1, addresses(bench))) {
            var idler = new Idler();
            crowd.enter(Audience.entrants(bench, users, crowd, () -> idler), LOGINS_AT_ONCE);
        }
        awaitGone(gateways, files);
    }

    private static void run(Bench bench, Collection<Long> gateways, List<String> users, int number) {
        var idler = new Idler();
        var files = GatewayMemory.files(gateways);
        var empty = GatewayMemory.of(gateways);
        try (var crowd = new Crowd(1, addresses(bench))) {
            var entrants = Audience.entrants(bench, users, crowd, () -> idler);
            bench.progress().now("W2: %,d users log in".formatted(users.size()));
            var logins = Span.of(bench.servers(), () -> crowd.enter(entrants, LOGINS_AT_ONCE));
            LockSupport.parkNanos(TO_REST.toNanos());
            var full = GatewayMemory.of(gateways);
            bench.progress().now("W2: %,d connections are idle".formatted(users.size()));
            var idle = idler.watch(bench);
            var heartbeat = entrants.getFirst().peer().entered().join().getHeartbeatIntervalMs();
            warn(bench, heartbeat);
            var load = load(bench, users.size(), heartbeat);
            Generator.requireIdle(load.title(), logins.seconds(), logins.generatorCores(), 1);
            bench.journal()
                    .add(new Run(
                            load,
                            number,
                            Instant.now(),
                            "login",
                            users.size(),
                            logins.seconds(),
                            logins.servers().nanos(),
                            logins.seconds(),
                            Map.of(),
                            bench.servers().peakMemory(),
                            logins.generatorCores(),
                            Map.of(
                                    "gateway_rss_bytes_per_connection",
                                    (double) (full.resident() - empty.resident()) / users.size(),
                                    "gateway_live_bytes_per_connection",
                                    (double) (full.live() - empty.live()) / users.size(),
                                    "gateway_rss_bytes_empty",
                                    (double) empty.resident(),
                                    "idle_cores",
                                    idle.serverCores()),
                            List.of()));
        }
        awaitGone(gateways, files);
    }

    private static void warn(Bench bench, int heartbeat) {
        if (heartbeat < HEARTBEAT_MILLIS) {
            bench.progress()
                    .say(
                            "W2 has heartbeats every 60 s, and the gateway asks for one every %d s; docs/performance.md tells how to change that."
                                    .formatted(heartbeat / 1_000));
        }
    }

    private static Run.Load load(Bench bench, int connections, int heartbeat) {
        return bench.load(
                "W2",
                "%,d connections".formatted(connections),
                Map.of(
                        "connections",
                        connections,
                        "gateways",
                        bench.settings().gateways(),
                        "heartbeat_ms",
                        heartbeat,
                        "idle_seconds",
                        bench.settings().idleSeconds()));
    }

    /** The next run begins when the gateways have noticed that everybody has gone. */
    private static void awaitGone(Collection<Long> gateways, int files) {
        var deadline = System.nanoTime() + TO_CLOSE.toNanos();
        while (GatewayMemory.files(gateways) > files + OTHER_FILES && System.nanoTime() < deadline) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        LockSupport.parkNanos(TO_REST.toNanos());
    }
}
