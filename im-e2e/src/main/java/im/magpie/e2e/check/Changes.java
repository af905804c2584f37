package im.magpie.e2e.check;

import im.magpie.e2e.history.Body;
import im.magpie.e2e.history.Conversation;
import im.magpie.e2e.history.Entry;
import im.magpie.e2e.history.Event;
import im.magpie.e2e.history.History;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Wherever a message is seen, it is what the changes that it shows make of it; in the end it shows all of them. No device is told of an older state behind a newer
 * one, and one that began when a recall had been acknowledged never hears what was taken back.
 */
final class Changes implements Rule {

    @Override
    public String promise() {
        return "What was recalled is gone everywhere, and messages are what edits and reactions have made of them.";
    }

    @Override
    public void check(History history, Findings findings) {
        for (var conversation : history.conversations()) {
            if (!conversation.stored().isEmpty()) {
                var effects = new Effects(conversation);
                View.of(conversation).stream()
                        .filter(view -> view.kind() != View.Kind.SHOWN)
                        .forEach(view -> checkFinal(conversation, view, effects, findings));
                for (var all : conversation.told().values()) {
                    checkTold(conversation, all, effects, findings);
                    checkRecalled(conversation, history, all, effects, findings);
                }
            }
        }
    }

    private static void checkFinal(Conversation conversation, View view, Effects effects, Findings findings) {
        for (var entry : view.entries()) {
            if (entry.body().isMessage()) {
                var expected =
                        effects.upTo(entry, lastDue(conversation, view.device().user(), entry, effects));
                if (expected != null && !entry.equals(expected)) {
                    findings.add(
                            List.of(), "%s: %s in %s should be %s".formatted(conversation.id(), entry, view, expected));
                }
            }
        }
    }

    /** A message is read in its newest state; but who has left a group does not have to hear of the changes behind that, and may. */
    private static long lastDue(Conversation conversation, String user, Entry entry, Effects effects) {
        return effects.of(entry.sequence()).stream()
                .mapToLong(Entry::sequence)
                .filter(change -> conversation.mayRead(user, change))
                .reduce(entry.changed(), Math::max);
    }

    private static void checkTold(Conversation conversation, List<Event.Told> all, Effects effects, Findings findings) {
        Map<Long, Event.Told> before = new HashMap<>();
        for (var one : all) {
            var entry = one.entry();
            var expected = effects.upTo(entry, entry.changed());
            if (expected != null && !entry.equals(expected)) {
                findings.add(
                        List.of(one),
                        "%s: %s was told what should be %s".formatted(conversation.id(), one.device(), expected));
            }
            var last = before.put(entry.sequence(), one);
            if (last != null && last.entry().changed() > entry.changed()) {
                findings.add(
                        List.of(last, one),
                        "%s: %s was told of an older state".formatted(conversation.id(), one.device()));
            }
        }
    }

    private static void checkRecalled(
            Conversation conversation, History history, List<Event.Told> all, Effects effects, Findings findings) {
        for (var one : all) {
            var starts = history.life(one.device()).starts();
            var begin = starts.isEmpty() ? 0 : starts.getFirst().at();
            if (one.entry().body() instanceof Body.Text
                    && effects.of(one.entry().sequence()).stream()
                            .anyMatch(change -> isRecalledBefore(conversation, change, begin))) {
                findings.add(
                        List.of(one),
                        "%s: %s began later than this was taken back".formatted(conversation.id(), one.device()));
            }
        }
    }

    private static boolean isRecalledBefore(Conversation conversation, Entry change, long at) {
        return change.body() instanceof Body.Recall
                && conversation.origin(change) != null
                && Objects.requireNonNull(conversation.origin(change)).doneAt() < at;
    }
}
