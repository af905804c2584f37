package im.magpie.bench.workload;

import im.magpie.bench.load.Verification;
import im.magpie.bench.report.Run;
import im.magpie.bench.workload.Window.Goal;
import java.util.Map;
import java.util.function.Consumer;

/** W1: pairs of users, in each of whom one writes as soon as he may. */
public final class OneToOne implements Workload {

    static final int DEVICES = 2;

    @Override
    public void measure(Bench bench) {
        var settings = bench.settings();
        try (var pairs = Audience.ofPairs(bench, settings.users())) {
            var window = new Window(pairs.load(), bench);
            warmUp(bench, "W1", pairs, window, settings.outstanding().getLast());
            for (var outstanding : settings.outstanding()) {
                measure(bench, load(bench, outstanding), pairs, window, outstanding, bench.journal()::add);
            }
        }
    }

    /** The pairs talk until servers are warm. */
    static void warmUp(Bench bench, String what, Audience pairs, Window window, int outstanding) {
        pairs.load().keep(outstanding);
        bench.warmUp()
                .repeat(
                        what,
                        () -> window.watch(
                                what + ", warm-up",
                                Goal.deliveries(bench.settings().warmUp())));
        pairs.load().keep(0);
        Verification.everythingCame(pairs.load(), DEVICES);
    }

    /**
     * The pairs talk for as many runs as there are to be, and everything has to come.
     *
     * @param outstanding messages that a sender has under way
     * @param journal takes each run as soon as it is over
     */
    static void measure(
            Bench bench, Run.Load load, Audience pairs, Window window, int outstanding, Consumer<Run> journal) {
        var settings = bench.settings();
        pairs.load().keep(outstanding);
        window.watch(load.title() + ", warm-up", Goal.deliveries(settings.warmUp()));
        for (var number = 1; number <= settings.runs(); number++) {
            var what = "%s, run %d".formatted(load.title(), number);
            var seen = window.watch(what, Goal.deliveries(settings.messages()));
            journal.accept(Results.of(bench, load, number, Results.MESSAGE, seen));
        }
        pairs.load().keep(0);
        Verification.everythingCame(pairs.load(), DEVICES);
        Verification.everythingReceipted(pairs.load());
        bench.progress()
                .say("%s: all %,d messages came once and in order, and were acknowledged."
                        .formatted(load.title(), pairs.load().written()));
    }

    private static Run.Load load(Bench bench, int outstanding) {
        var settings = bench.settings();
        return bench.load("W1", outstanding + " outstanding", parameters(settings, settings.users(), outstanding));
    }

    /** Returns the sizes of a load in which so many users talk in pairs. */
    static Map<String, Object> parameters(Settings settings, int users, int outstanding) {
        return Map.of(
                "users", users,
                "outstanding", outstanding,
                "text_bytes", settings.textBytes(),
                "warm_up", settings.warmUp(),
                "messages", settings.messages());
    }
}
