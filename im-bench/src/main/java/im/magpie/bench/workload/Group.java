package im.magpie.bench.workload;

import im.magpie.bench.load.Chatter.Conversation;
import im.magpie.bench.load.Verification;
import im.magpie.bench.report.Run;
import im.magpie.bench.workload.Window.Goal;
import im.magpie.bench.workload.Window.Seen;
import java.util.Map;

/** W3: a group whose members are all online. One of them writes, then several at once. What counts is a delivery. */
public final class Group implements Workload {

    /** Of each who writes. */
    private static final int UNDER_WAY = 8;

    /** Several write so many times as many messages, all together, as one does alone. */
    private static final int MORE = 5;

    private static final String DELIVERY = "delivery";

    @Override
    public void measure(Bench bench) {
        var settings = bench.settings();
        var word = Bench.freshWord();
        var users = bench.office().importUsers(word, settings.group());
        var id = bench.office().importGroup(word, users);
        var talk = new Conversation(id, 0, settings.groupSenders(), settings.textBytes(), UNDER_WAY);
        try (var audience = Audience.online(bench, users, _ -> talk)) {
            audience.load().sync();
            var window = new Window(audience.load(), bench);
            bench.warmUp()
                    .repeat("W3", () -> write(bench, audience, window, "W3, warm-up", 1, settings.groupMessages()));
            measure(bench, audience, window, 1, settings.groupMessages());
            measure(
                    bench,
                    audience,
                    window,
                    settings.groupSenders(),
                    Math.max(1, settings.groupMessages() * MORE / settings.groupSenders()));
            bench.progress()
                    .say("W3: all %,d messages came to %,d members, once and in order, and were acknowledged."
                            .formatted(audience.load().written(), settings.group()));
        }
    }

    private static void measure(Bench bench, Audience audience, Window window, int senders, int messages) {
        var settings = bench.settings();
        var load = load(bench, senders, messages);
        write(bench, audience, window, load.title() + ", warm-up", senders, messages);
        for (var number = 1; number <= settings.runs(); number++) {
            var what = "%s, run %d".formatted(load.title(), number);
            var seen = write(bench, audience, window, what, senders, messages);
            bench.journal().add(Results.of(bench, load, number, DELIVERY, seen));
        }
    }

    private static Seen write(Bench bench, Audience audience, Window window, String what, int senders, int messages) {
        var members = bench.settings().group();
        var seen = window.watchToTheEnd(
                what,
                Goal.acknowledged((long) senders * messages * (members - 1)),
                () -> audience.load().write(senders, messages, UNDER_WAY));
        Verification.everythingCame(audience.load(), members);
        return seen;
    }

    private static Run.Load load(Bench bench, int senders, int messages) {
        var settings = bench.settings();
        return bench.load(
                "W3",
                senders == 1 ? "1 sender" : senders + " senders",
                Map.of(
                        "members",
                        settings.group(),
                        "senders",
                        senders,
                        "outstanding",
                        UNDER_WAY,
                        "text_bytes",
                        settings.textBytes(),
                        "messages",
                        senders * messages));
    }
}
