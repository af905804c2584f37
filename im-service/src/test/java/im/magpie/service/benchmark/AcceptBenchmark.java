package im.magpie.service.benchmark;

import im.magpie.service.testing.TestRedis;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Prints what it costs a Redis of its own to accept a message, by how many go in one call, and beside it what single commands cost.
 *
 * <p>Not with JMH, which times what its own JVM does: this is about the processor time of another process, and about messages that have to
 * leave Redis again without that being counted.
 */
public final class AcceptBenchmark {

    private static final List<Integer> BATCHES = List.of(1, 16, 64, 256);
    private static final int MESSAGES = 10_240;
    private static final int WARM_UPS = 2;
    private static final int RUNS = 5;

    private final TestRedis redis;

    AcceptBenchmark(TestRedis redis) {
        this.redis = redis;
    }

    /** Takes no arguments. */
    public static void main(String[] arguments) {
        var redis = new TestRedis();
        try {
            new AcceptBenchmark(redis).print();
        } finally {
            redis.client().shutdown();
        }
    }

    private void print() {
        IO.println("Microseconds for one message or command: the least, the median and the most of %d runs of %,d"
                .formatted(RUNS, MESSAGES));
        IO.println("%-38s%6s%27s%27s".formatted("", "batch", "Redis' processor time", "time that passed"));
        for (var load : loads()) {
            redis.flush();
            var costs = costs(load);
            IO.println("%-38s%6d%s%s"
                    .formatted(
                            load.name(),
                            load.batch(),
                            spread(costs, Cost::processorMicros),
                            spread(costs, Cost::wallMicros)));
        }
    }

    /** Returns everything that is measured. */
    List<Load> loads() {
        var loads = new ArrayList<Load>();
        for (var together : List.of(1, 8)) {
            BATCHES.forEach(batch -> loads.add(new AcceptLoad(redis, batch, together)));
        }
        loads.add(new EmptyScriptLoad(redis));
        for (var command : PlainLoad.Command.values()) {
            BATCHES.forEach(batch -> loads.add(new PlainLoad(redis.client(), command, batch)));
        }
        RedisBenchmarkLoad.program().ifPresent(program -> {
            for (var command : PlainLoad.Command.values()) {
                BATCHES.forEach(batch -> loads.add(new RedisBenchmarkLoad(program, redis, command, batch)));
            }
        });
        return loads;
    }

    private static List<Cost> costs(Load load) {
        IntStream.range(0, WARM_UPS).forEach(_ -> load.run(MESSAGES));
        return IntStream.range(0, RUNS).mapToObj(_ -> load.run(MESSAGES)).toList();
    }

    private static String spread(List<Cost> costs, ToDoubleFunction<Cost> figure) {
        var sorted = costs.stream().mapToDouble(figure).sorted().toArray();
        return "%11.2f%8.2f%8.2f".formatted(sorted[0], sorted[sorted.length / 2], sorted[sorted.length - 1]);
    }
}
