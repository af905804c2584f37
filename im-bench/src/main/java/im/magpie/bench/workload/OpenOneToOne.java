package im.magpie.bench.workload;

import im.magpie.bench.load.Verification;
import im.magpie.bench.workload.Window.Goal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * W1o: the same pairs, who write at a fixed rate whether or not earlier messages were answered. Latency counts from when a message was due. Rates are
 * shares of what the closed loop gets through, which is measured first where it is not known.
 */
public final class OpenOneToOne implements Workload {

    private static final List<Integer> PERCENTS = List.of(25, 50, 75);
    private static final int PERCENT = 100;

    /** Before a rate counts, it lasts for such a part of a run. */
    private static final int WARM_UP_SHARE = 5;

    @Override
    public void measure(Bench bench) {
        var settings = bench.settings();
        try (var pairs = Audience.ofPairs(bench, bench.settings().users())) {
            var window = new Window(pairs.load(), bench);
            OneToOne.warmUp(bench, "W1o", pairs, window, settings.outstanding().getLast());
            for (var rate : rates(bench, pairs, window).entrySet()) {
                var load = bench.load(
                        "W1o",
                        rate.getKey(),
                        Map.of(
                                "users", settings.users(),
                                "rate_per_s", rate.getValue(),
                                "text_bytes", settings.textBytes(),
                                "seconds", settings.seconds()));
                try (var _ = pairs.load().open(rate.getValue())) {
                    window.watch(load.title() + ", warm-up", Goal.seconds((double) settings.seconds() / WARM_UP_SHARE));
                    for (var number = 1; number <= settings.runs(); number++) {
                        var seen = window.watch(
                                "%s, run %d".formatted(load.title(), number), Goal.seconds(settings.seconds()));
                        bench.journal().add(Results.of(bench, load, number, Results.MESSAGE, seen));
                    }
                }
                Verification.everythingCame(pairs.load(), OneToOne.DEVICES);
            }
            Verification.everythingReceipted(pairs.load());
            bench.progress()
                    .say("W1o: all %,d messages came once and in order, and were acknowledged."
                            .formatted(pairs.load().written()));
        }
    }

    private static Map<String, Double> rates(Bench bench, Audience pairs, Window window) {
        var rates = new LinkedHashMap<String, Double>();
        if (bench.settings().rate() > 0) {
            rates.put(
                    "%.0f a second".formatted(bench.settings().rate()),
                    bench.settings().rate());
        } else {
            var closed = closedRate(bench, pairs, window);
            PERCENTS.forEach(percent -> rates.put(percent + " %", (double) Math.round(closed * percent / PERCENT)));
        }
        return rates;
    }

    /** Returns how many messages a second the closed loop gets through, most messages under way. */
    static double closedRate(Bench bench, Audience pairs, Window window) {
        return bench.journal().perSecond("W1").orElseGet(() -> {
            var settings = bench.settings();
            pairs.load().keep(settings.outstanding().getLast());
            window.watch("closed loop, warm-up", Goal.deliveries(settings.warmUp()));
            var seen = window.watch("closed loop", Goal.deliveries(settings.messages()));
            pairs.load().keep(0);
            Verification.everythingCame(pairs.load(), OneToOne.DEVICES);
            return seen.spent().counts().delivered() / seen.spent().seconds();
        });
    }
}
