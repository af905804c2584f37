package im.magpie.bench.workload;

import im.magpie.bench.MeasurementException;
import im.magpie.bench.load.Load;
import im.magpie.bench.load.Meter;
import im.magpie.bench.process.Servers;
import im.magpie.bench.report.Sample;
import im.magpie.bench.site.StoreMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/** Watches a load for as long as it takes, and says what that cost. One thread uses it. */
final class Window {

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long SAMPLE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long AFTERWARDS_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final double MILLI = 1e3;
    private static final double MEDIAN = 50;
    private static final double NEARLY_ALL = 99;

    private final Load load;
    private final Servers servers;
    private final StoreMetrics stores;
    private final Progress progress;

    Window(Load load, Bench bench) {
        this.load = load;
        this.servers = bench.servers();
        this.stores = bench.site().stores();
        this.progress = bench.progress();
    }

    /** When a window is over. */
    interface Goal {

        boolean reached(Moment spent);

        static Goal deliveries(long many) {
            return spent -> spent.counts().delivered() >= many;
        }

        static Goal acknowledged(long many) {
            return spent -> spent.counts().acknowledged() >= many;
        }

        static Goal seconds(double many) {
            return spent -> spent.seconds() >= many;
        }
    }

    /**
     * What was seen.
     *
     * @param cpuSeconds how long processor time was counted
     * @param stored messages that came into the database meanwhile
     * @param accepts from when a message was to be sent until its sender knew that it is kept, in microseconds
     * @param deliveries from when it was to be sent until its receiver had it
     */
    record Seen(
            Moment spent,
            double cpuSeconds,
            double stored,
            Histogram accepts,
            Histogram deliveries,
            List<Sample> series) {}

    /**
     * Watches until a goal is reached.
     *
     * @throws MeasurementException when something fails, or nothing goes on any more
     */
    Seen watch(String what, Goal goal) {
        return watch(what, goal, () -> {});
    }

    private Seen watch(String what, Goal goal, Runnable start) {
        var seen = new Seen(
                new Moment(0, servers.cpu(), 0, Meter.Counts.NONE),
                0,
                0,
                Meter.histogram(),
                Meter.histogram(),
                new ArrayList<>());
        load.drain(Meter.histogram(), Meter.histogram());
        var stored = stores.committed();
        var begin = now();
        var last = begin;
        start.run();
        var alive = new Liveness(begin);
        while (true) {
            LockSupport.parkNanos(LOOK_NANOS);
            var counts = load.counts();
            alive.look(counts);
            var reached = goal.reached(new Moment(System.nanoTime(), begin.servers(), 0, counts).since(begin));
            if (reached || System.nanoTime() - last.nanos() >= SAMPLE_NANOS) {
                var now = now();
                sample(seen, now.since(last), now.since(begin));
                last = now;
                progress.now("%s: %s".formatted(what, status(now.since(begin), seen)));
            }
            if (reached) {
                var spent = last.since(begin);
                return new Seen(
                        spent,
                        spent.seconds(),
                        stores.committed() - stored,
                        seen.accepts(),
                        seen.deliveries(),
                        seen.series());
            }
        }
    }

    /**
     * The same for what begins now, and ends by itself. Counts as well what the system spends in the second after that: not all of its work is done when the
     * last receiver has everything.
     */
    Seen watchToTheEnd(String what, Goal goal, Runnable start) {
        var before = servers.cpu();
        var seen = watch(what, goal, start);
        LockSupport.parkNanos(AFTERWARDS_NANOS);
        var spent = seen.spent();
        return new Seen(
                new Moment(spent.nanos(), servers.cpu().since(before), spent.generator(), spent.counts()),
                spent.seconds() + AFTERWARDS_NANOS / 1e9,
                seen.stored(),
                seen.accepts(),
                seen.deliveries(),
                seen.series());
    }

    private static String status(Moment spent, Seen seen) {
        return "%,d delivered, %,.0f/s, p50 %.1f ms, p99 %.1f ms, servers %.2f cores, generator %.2f"
                .formatted(
                        spent.counts().delivered(),
                        spent.counts().delivered() / spent.seconds(),
                        seen.deliveries().getValueAtPercentile(MEDIAN) / MILLI,
                        seen.deliveries().getValueAtPercentile(NEARLY_ALL) / MILLI,
                        spent.serverCores(),
                        spent.generatorCores());
    }

    private void sample(Seen seen, Moment part, Moment whole) {
        var accepts = Meter.histogram();
        var deliveries = Meter.histogram();
        load.drain(accepts, deliveries);
        seen.accepts().add(accepts);
        seen.deliveries().add(deliveries);
        seen.series()
                .add(new Sample(
                        whole.seconds(),
                        part.counts().delivered() / part.seconds(),
                        deliveries.getValueAtPercentile(MEDIAN) / MILLI,
                        deliveries.getValueAtPercentile(NEARLY_ALL) / MILLI,
                        part.serverCores(),
                        part.generatorCores()));
    }

    /** Notices when nothing comes any more. */
    private static final class Liveness {

        private Meter.Counts counts;
        private long since;

        private Liveness(Moment begin) {
            counts = begin.counts();
            since = begin.nanos();
        }

        private void look(Meter.Counts now) {
            if (now.delivered() > counts.delivered() || now.accepted() > counts.accepted()) {
                counts = now;
                since = System.nanoTime();
            } else if (System.nanoTime() - since > PATIENCE_NANOS) {
                throw new MeasurementException("Nothing has come for 30 s; by then: " + now);
            }
        }
    }

    /** Returns how far everything is. */
    Moment now() {
        var cpu = servers.cpu();
        var generator = Generator.cpuNanos();
        return new Moment(System.nanoTime(), cpu, generator, load.counts());
    }
}
