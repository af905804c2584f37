package im.magpie.e2e.check;

import im.magpie.e2e.history.Attempt;
import im.magpie.e2e.history.Body;
import im.magpie.e2e.history.Entry;
import im.magpie.e2e.history.Event;
import im.magpie.e2e.history.History;
import im.magpie.e2e.history.Operation;
import im.magpie.e2e.history.State;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;

/** What is done to a conversation, wherever it is seen. */
final class TimelineHarms {

    /** Puts an entry behind the last one of a conversation, wherever that is. */
    static boolean append(Lines lines, Function<List<Entry>, Optional<Entry>> entry) {
        var stored = lines.any(Event.Stored.class, one -> !one.entries().isEmpty());
        var last = stored.map(one -> one.entries().getLast());
        var next = stored.flatMap(one -> entry.apply(one.entries()));
        next.ifPresent(one -> lines.change(
                stored.orElseThrow().conversation(),
                before -> before.equals(last.orElseThrow()) ? List.of(before, one) : List.of(before)));
        return Harm.done(next);
    }

    static boolean loseLast(Lines lines) {
        var last = Harm.attempt(
                lines,
                attempt -> attempt.place() != null
                        && Harm.sequence(attempt)
                                == lines.timeline(attempt.what().conversation()).size());
        last.ifPresent(attempt -> lines.change(
                attempt.what().conversation(),
                entry -> entry.sequence() == Harm.sequence(attempt) ? List.of() : List.of(entry)));
        return Harm.done(last);
    }

    static boolean invent(Lines lines) {
        return append(lines, all -> {
            var last = all.getLast();
            return Optional.of(new Entry(
                    last.sequence() + 1,
                    last.ordinal() + 1,
                    last.serverTime(),
                    last.sender(),
                    "any id",
                    new Body.Text("never said")));
        });
    }

    static boolean storeTwice(Lines lines, String id) {
        return append(lines, all -> {
            var last = all.getLast();
            return lines.any(all.stream().filter(Harm::says).toList())
                    .map(copy -> new Entry(
                            last.sequence() + 1,
                            last.ordinal() + 1,
                            last.serverTime(),
                            copy.sender(),
                            id.isEmpty() ? copy.clientMessageId() : id,
                            copy.body()));
        });
    }

    private static Optional<Event.Stored> conversation(Lines lines, int least) {
        return lines.any(Event.Stored.class, one -> one.entries().size() >= least);
    }

    static boolean skipNumber(Lines lines) {
        var chosen = conversation(lines, 2);
        chosen.ifPresent(one -> {
            var hole = 1 + lines.random().nextInt(one.entries().size());
            lines.renumber(one.conversation(), sequence -> sequence < hole ? sequence : sequence + 1);
        });
        return Harm.done(chosen);
    }

    static boolean miscount(Lines lines) {
        var chosen = conversation(lines, 1);
        chosen.ifPresent(one -> lines.change(
                one.conversation(),
                entry -> List.of(new Entry(
                        entry.sequence(),
                        entry.ordinal() + 1,
                        entry.serverTime(),
                        entry.sender(),
                        entry.clientMessageId(),
                        entry.body(),
                        entry.state()))));
        return Harm.done(chosen);
    }

    static boolean turnTimeBack(Lines lines) {
        var chosen = conversation(lines, 2);
        chosen.ifPresent(one -> lines.change(
                one.conversation(),
                entry -> List.of(new Entry(
                        entry.sequence(),
                        entry.ordinal(),
                        -entry.serverTime(),
                        entry.sender(),
                        entry.clientMessageId(),
                        entry.body(),
                        entry.state()))));
        return Harm.done(chosen);
    }

    /** Exchanges the places of two entries of a conversation whose senders were told of them. */
    private static boolean exchange(Lines lines, BiPredicate<Attempt, Attempt> choice) {
        var placed = History.of(lines.all()).attempts().stream()
                .filter(attempt -> attempt.place() != null && isAsItWas(lines, attempt))
                .toList();
        var pairs = placed.stream()
                .flatMap(one -> placed.stream()
                        .filter(other ->
                                other.what().conversation().equals(one.what().conversation())
                                        && choice.test(one, other))
                        .map(other -> List.of(one, other)))
                .toList();
        var pair = lines.any(pairs);
        pair.ifPresent(both -> lines.exchange(
                both.getFirst().what().conversation(), Harm.sequence(both.getFirst()), Harm.sequence(both.getLast())));
        return Harm.done(pair);
    }

    private static boolean isAsItWas(Lines lines, Attempt attempt) {
        return lines.timeline(attempt.what().conversation())
                        .get((int) Harm.sequence(attempt) - 1)
                        .changed()
                == 0;
    }

    private static boolean isSend(Attempt attempt) {
        return attempt.what() instanceof Operation.Send;
    }

    static boolean overtake(Lines lines) {
        return exchange(
                lines,
                (one, other) -> isSend(one)
                        && isSend(other)
                        && one.device().equals(other.device())
                        && Harm.sequence(one) < Harm.sequence(other));
    }

    static boolean ignoreTime(Lines lines) {
        return exchange(lines, (one, other) -> one.doneAt() < other.invoked().at());
    }

    static boolean wipe(Lines lines) {
        var stored = lines.any(Event.Stored.class, one -> one.entries().stream().anyMatch(Harm::says));
        stored.ifPresent(one -> lines.change(
                one.conversation(), entry -> List.of(Harm.says(entry) ? entry.with(new Body.Gone()) : entry)));
        return Harm.done(stored);
    }

    static boolean miscountReactions(Lines lines) {
        var stored =
                lines.any(Event.Stored.class, one -> one.entries().stream().anyMatch(entry -> entry.changed() > 0));
        stored.ifPresent(one -> lines.change(one.conversation(), entry -> List.of(withOneMore(entry))));
        return Harm.done(stored);
    }

    private static Entry withOneMore(Entry entry) {
        return entry.changed() == 0
                ? entry
                : entry.with(entry.body(), new State(entry.changed(), entry.edit(), Map.of("+", 1_000)));
    }

    static boolean hideRecall(Lines lines) {
        var stored = lines.any(
                Event.Stored.class,
                one -> one.entries().stream().anyMatch(entry -> entry.body() instanceof Body.Recall));
        stored.ifPresent(one -> lines.change(
                one.conversation(), entry -> entry.body() instanceof Body.Recall ? List.of() : List.of(entry)));
        return Harm.done(stored);
    }

    private TimelineHarms() {}
}
