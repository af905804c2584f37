package im.magpie.bench.workload;

import im.magpie.bench.load.Verification;
import im.magpie.bench.recording.FlightRecorder;
import im.magpie.bench.recording.JvmFigures;
import im.magpie.bench.report.Run;
import im.magpie.bench.workload.Window.Goal;
import im.magpie.bench.workload.Window.Seen;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** W5: W1's pairs write for minutes, at half of what the closed loop gets through, while every JVM of Magpie records what it allocates and how it pauses. */
public final class LongRun implements Workload {

    private static final double HALF = 0.5;
    private static final int SECONDS = 60;
    private static final double MILLI = 1e6;

    /** Before it counts it lasts for such a part of its time. */
    private static final int WARM_UP_SHARE = 10;

    private final Path recordings;

    /** @param recordings the folder that they go to */
    public LongRun(Path recordings) {
        this.recordings = recordings;
    }

    @Override
    public void measure(Bench bench) {
        var settings = bench.settings();
        var seconds = settings.minutes() * SECONDS;
        try (var pairs = Audience.ofPairs(bench, settings.users())) {
            var window = new Window(pairs.load(), bench);
            OneToOne.warmUp(bench, "W5", pairs, window, settings.outstanding().getLast());
            var rate = settings.rate() > 0
                    ? settings.rate()
                    : Math.round(OpenOneToOne.closedRate(bench, pairs, window) * HALF);
            var load = bench.load(
                    "W5",
                    "%.0f a second for %.1f minutes".formatted(rate, settings.minutes()),
                    Map.of(
                            "users", settings.users(),
                            "rate_per_s", rate,
                            "text_bytes", settings.textBytes(),
                            "minutes", settings.minutes()));
            try (var _ = pairs.load().open(rate)) {
                window.watch(load.title() + ", warm-up", Goal.seconds(seconds / WARM_UP_SHARE));
                bench.journal().add(recorded(bench, load, window, seconds));
            }
            Verification.everythingCame(pairs.load(), OneToOne.DEVICES);
            Verification.everythingReceipted(pairs.load());
        }
        bench.progress().say("W5: the recordings are in %s".formatted(recordings));
    }

    private Run recorded(Bench bench, Run.Load load, Window window, double seconds) {
        var before = bench.servers().residentMemory();
        try (var recorder = new FlightRecorder(bench.servers(), recordings)) {
            var seen = window.watch(load.title(), Goal.seconds(seconds));
            var after = bench.servers().residentMemory();
            var figures = new TreeMap<String, Double>();
            after.forEach((name, bytes) ->
                    figures.put(name + "_rss_growth_bytes", (double) bytes - before.getOrDefault(name, bytes)));
            recorder.end().forEach((name, jvm) -> add(figures, name, jvm, seen));
            return Results.of(bench, load, 1, Results.MESSAGE, seen).with(figures);
        }
    }

    private static void add(Map<String, Double> figures, String name, JvmFigures jvm, Seen seen) {
        var perSecond = seen.spent().counts().delivered() / seen.spent().seconds();
        figures.put(name + "_allocated_bytes_per_message", jvm.allocatedPerSecond() / perSecond);
        figures.put(name + "_collections", (double) jvm.collections());
        figures.put(name + "_longest_pause_ms", jvm.longestPause().toNanos() / MILLI);
        figures.put(name + "_paused_ms", jvm.paused().toNanos() / MILLI);
        figures.put(name + "_heap_growth_bytes", (double) jvm.heapAtLast() - jvm.heapAtFirst());
    }
}
