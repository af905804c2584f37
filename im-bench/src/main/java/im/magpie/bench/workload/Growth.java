package im.magpie.bench.workload;

import im.magpie.bench.MeasurementException;
import im.magpie.bench.client.Crowd;
import im.magpie.bench.load.Greeter;
import im.magpie.bench.load.Meter;
import im.magpie.bench.load.Verification;
import im.magpie.bench.report.Run;
import im.magpie.bench.workload.Window.Goal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Growth: what a message of W1's pairs costs while there is more and more of something that it has nothing to do with: idle connections, other
 * conversations of its users, messages that are kept. Things grow through the front door and with all cores, before a load is measured.
 */
public final class Growth implements Workload {

    private static final int LOGINS_AT_ONCE = 32;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
    private static final double MICRO = 1e6;

    @Override
    public void measure(Bench bench) {
        var sizes = bench.settings().growth();
        if (!sizes.idleConnections().isEmpty()) {
            connections(bench, sizes.idleConnections());
        }
        sizes.conversations().forEach(conversations -> conversations(bench, conversations));
        if (!sizes.stored().isEmpty()) {
            rows(bench, sizes.stored());
        }
    }

    /** The same pairs, while more and more others only keep their connections. */
    private static void connections(Bench bench, List<Integer> sizes) {
        var users = bench.settings().users();
        var gateways = bench.site().gateways().size();
        GatewayMemory.requireFiles(GatewayMemory.gateways(bench.servers(), gateways), users + sizes.getLast());
        var others = bench.office().importUsers(Bench.freshWord(), sizes.getLast());
        var idler = new Idler();
        try (var pairs = Audience.ofPairs(bench, users)) {
            var window = new Window(pairs.load(), bench);
            var idle = 0;
            for (var more : Stream.concat(Stream.of(0), sizes.stream()).toList()) {
                bench.warmUp().unpin();
                bench.progress().now("growth: %,d more users log in".formatted(more - idle));
                pairs.joinedBy(bench, others.subList(idle, more), idler);
                idle = more;
                var load = load(
                        bench,
                        "%,d connections".formatted(users + idle),
                        users,
                        Map.of(
                                "connections",
                                users + idle,
                                "idle_connections",
                                idle,
                                "idle_seconds",
                                bench.settings().idleSeconds(),
                                "heartbeat_ms",
                                pairs.heartbeatMillis()));
                warmUp(bench, load, pairs, window);
                var cores = idler.watch(bench).serverCores();
                OneToOne.measure(bench, load, pairs, window, underWay(bench), run -> {
                    idler.requireAll();
                    bench.journal().add(run.with(besideIdle(run, cores)));
                });
            }
        }
    }

    /** What the connections cost, and what the messages cost on top of that. */
    static Map<String, Double> besideIdle(Run run, double idleCores) {
        var idleMicros = idleCores * run.cpuSeconds() * MICRO;
        return Map.of(
                "idle_cores",
                idleCores,
                "cpu_us_per_message_beside_idle",
                run.cpuMicros() - idleMicros / Math.max(1, run.count()));
    }

    /** Pairs of users who have written to so many others before. */
    private static void conversations(Bench bench, int conversations) {
        bench.warmUp().unpin();
        var word = Bench.freshWord();
        var users = bench.office().importUsers(word, bench.settings().growth().conversationUsers());
        var load = load(
                bench,
                "%,d conversations".formatted(conversations),
                users.size(),
                Map.of("conversations", conversations));
        greet(bench, load, users, bench.office().importUsers(word + "o", conversations));
        try (var pairs = Audience.ofPairs(bench, users)) {
            talk(bench, load, pairs, new Window(pairs.load(), bench));
        }
    }

    private static void greet(Bench bench, Run.Load load, List<String> users, List<String> others) {
        var meter = new Meter();
        var stores = bench.site().stores();
        var before = stores.committed();
        var messages = (long) users.size() * others.size();
        try (var crowd = new Crowd(1, bench.site().gateways())) {
            crowd.enter(Audience.entrants(bench, users, crowd, () -> new Greeter(others, meter)), LOGINS_AT_ONCE);
            await(
                    bench,
                    load.title() + ", first messages",
                    messages,
                    () -> meter.counts().accepted());
        }
        await(bench, load.title() + ", stored", messages, () -> (long) (stores.committed() - before));
    }

    /** The same pairs, who have written more and more. */
    private static void rows(Bench bench, List<Long> sizes) {
        var users = bench.settings().users();
        var stores = bench.site().stores();
        var before = stores.committed();
        try (var pairs = Audience.ofPairs(bench, users)) {
            var window = new Window(pairs.load(), bench);
            for (var rows : Stream.concat(Stream.of(0L), sizes.stream()).toList()) {
                var load = load(bench, "%,d rows".formatted(rows), users, Map.of("stored", rows));
                bench.warmUp().unpin();
                write(bench, load, pairs, window, rows - pairs.load().written());
                await(bench, load.title() + ", stored", rows, () -> (long) (stores.committed() - before));
                talk(bench, load, pairs, window);
            }
        }
    }

    private static void write(Bench bench, Run.Load load, Audience pairs, Window window, long missing) {
        var settings = bench.settings();
        var writers = settings.users() / 2;
        var each = Math.ceilDiv(missing, writers);
        if (each > 0) {
            window.watchToTheEnd(
                    load.title() + ", writing",
                    Goal.acknowledged(each * writers),
                    () -> pairs.load()
                            .write(
                                    writers,
                                    Math.toIntExact(each),
                                    settings.outstanding().getLast()));
            Verification.everythingCame(pairs.load(), OneToOne.DEVICES);
        }
    }

    private static void talk(Bench bench, Run.Load load, Audience pairs, Window window) {
        warmUp(bench, load, pairs, window);
        OneToOne.measure(bench, load, pairs, window, underWay(bench), bench.journal()::add);
    }

    private static void warmUp(Bench bench, Run.Load load, Audience pairs, Window window) {
        OneToOne.warmUp(bench, load.title(), pairs, window, underWay(bench));
    }

    /** One where nobody says otherwise: then each message pays for all that there is of its conversation and its users. */
    private static int underWay(Bench bench) {
        return bench.settings().outstanding().getFirst();
    }

    /** Returns when a count has come to where it is to be; it must not stand still for long. */
    private static void await(Bench bench, String what, long goal, LongSupplier count) {
        var last = count.getAsLong();
        var since = System.nanoTime();
        while (last < goal) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            var now = count.getAsLong();
            bench.progress().now("%s: %,d of %,d".formatted(what, now, goal));
            if (now > last) {
                last = now;
                since = System.nanoTime();
            } else if (System.nanoTime() - since > PATIENCE.toNanos()) {
                throw new MeasurementException("%s: nothing has come for %d s; by then %,d of %,d"
                        .formatted(what, PATIENCE.toSeconds(), now, goal));
            }
        }
    }

    private static Run.Load load(Bench bench, String name, int users, Map<String, Object> sizes) {
        var parameters = new TreeMap<>(sizes);
        parameters.putAll(OneToOne.parameters(bench.settings(), users, underWay(bench)));
        return bench.load("growth", name, parameters);
    }
}
