package im.magpie.bench.workload;

import im.magpie.bench.load.Verification;
import im.magpie.bench.report.Run;
import im.magpie.bench.workload.Window.Goal;
import java.util.Map;

/** W1: pairs of users, in each of whom one writes as soon as he may. */
public final class OneToOne implements Workload {

    static final int DEVICES = 2;

    @Override
    public void measure(Bench bench) {
        var settings = bench.settings();
        try (var pairs = Audience.ofPairs(bench, bench.settings().users())) {
            var window = new Window(pairs.load(), bench);
            warmUp(bench, "W1", pairs, window);
            for (var outstanding : settings.outstanding()) {
                var load = load(bench, outstanding);
                pairs.load().keep(outstanding);
                window.watch(load.title() + ", warm-up", Goal.deliveries(settings.warmUp()));
                for (var number = 1; number <= settings.runs(); number++) {
                    var what = "%s, run %d".formatted(load.title(), number);
                    var seen = window.watch(what, Goal.deliveries(settings.messages()));
                    bench.journal().add(Results.of(bench, load, number, Results.MESSAGE, seen));
                }
                pairs.load().keep(0);
                Verification.everythingCame(pairs.load(), DEVICES);
                Verification.everythingReceipted(pairs.load());
                bench.progress()
                        .say("%s: all %,d messages came once and in order, and were acknowledged."
                                .formatted(load.title(), pairs.load().written()));
            }
        }
    }

    /** The pairs talk, with most messages under way. */
    static void warmUp(Bench bench, String workload, Audience pairs, Window window) {
        var settings = bench.settings();
        pairs.load().keep(settings.outstanding().getLast());
        bench.warmUp().repeat(workload, () -> window.watch(workload + ", warm-up", Goal.deliveries(settings.warmUp())));
        pairs.load().keep(0);
        Verification.everythingCame(pairs.load(), DEVICES);
    }

    private static Run.Load load(Bench bench, int outstanding) {
        var settings = bench.settings();
        return bench.load(
                "W1",
                outstanding + " outstanding",
                Map.of(
                        "users", settings.users(),
                        "outstanding", outstanding,
                        "text_bytes", settings.textBytes(),
                        "warm_up", settings.warmUp(),
                        "messages", settings.messages()));
    }
}
