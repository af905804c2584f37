package im.magpie.e2e.check;

import im.magpie.e2e.history.Conversation;
import im.magpie.e2e.history.Entry;
import im.magpie.e2e.history.Event;
import im.magpie.e2e.history.History;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A conversation has one timeline, without a hole, and everybody has seen it from its first entry to its last, in its order. */
final class OneOrder implements Rule {

    @Override
    public String promise() {
        return "A conversation has one dense order, the same on every device and in history.";
    }

    @Override
    public void check(History history, Findings findings) {
        for (var conversation : history.conversations()) {
            if (!conversation.stored().isEmpty()) {
                checkNumbers(conversation, findings);
                checkFinals(conversation, findings);
                checkShown(conversation, findings);
            }
        }
    }

    private static void checkNumbers(Conversation conversation, Findings findings) {
        var sequence = 0L;
        var ordinal = 0L;
        var time = 0L;
        for (var entry : conversation.entries()) {
            sequence++;
            ordinal += entry.body().isMessage() ? 1 : 0;
            if (entry.sequence() != sequence) {
                findings.add(
                        List.of(),
                        "%s: entry %d of its history is %s, not dense".formatted(conversation.id(), sequence, entry));
                return;
            }
            if (entry.ordinal() != ordinal) {
                findings.add(
                        List.of(), "%s: %s is message %d of its history".formatted(conversation.id(), entry, ordinal));
                return;
            }
            if (entry.serverTime() < time) {
                findings.add(List.of(), "%s: the time falls to %s in its history".formatted(conversation.id(), entry));
                return;
            }
            time = entry.serverTime();
        }
    }

    private static void checkFinals(Conversation conversation, Findings findings) {
        for (var view : View.of(conversation)) {
            if (view.kind() != View.Kind.SHOWN) {
                compare(conversation, view, findings);
            }
        }
    }

    private static void compare(Conversation conversation, View view, Findings findings) {
        var entries = view.entries();
        var there = view.bySequence().keySet();
        var history = conversation.entries().stream()
                .filter(entry -> there.contains(entry.sequence())
                        || !conversation.mayHaveDeleted(view.device().user(), entry.sequence()))
                .toList();
        for (var i = 0; i < Math.max(history.size(), entries.size()); i++) {
            var expected = at(history, i);
            var found = at(entries, i);
            if (found == null || !found.equals(expected)) {
                findings.add(
                        List.of(),
                        "%s: entry %d of %s is %s, and %s of its history"
                                .formatted(conversation.id(), i + 1, view, show(found), show(expected)));
                return;
            }
        }
    }

    private static @Nullable Entry at(List<Entry> entries, int index) {
        return index < entries.size() ? entries.get(index) : null;
    }

    private static String show(@Nullable Entry entry) {
        return entry == null ? "nothing" : entry.toString();
    }

    private static void checkShown(Conversation conversation, Findings findings) {
        Map<Long, Entry> history = new HashMap<>();
        conversation.entries().forEach(entry -> history.put(entry.sequence(), entry));
        conversation.told().values().forEach(all -> checkSame(conversation, history, all, findings));
        conversation.shown().values().forEach(all -> checkDense(conversation, all, findings));
    }

    private static void checkSame(
            Conversation conversation, Map<Long, Entry> history, List<Event.Told> all, Findings findings) {
        for (var one : all) {
            var stored = history.get(one.entry().sequence());
            if (stored == null || !one.entry().became(stored)) {
                findings.add(
                        List.of(one),
                        "%s: the same entry of its history is %s".formatted(conversation.id(), show(stored)));
                return;
            }
        }
    }

    /** Between two messages there may be changes, which are not shown by themselves, and what the device's user has deleted. */
    private static void checkDense(Conversation conversation, List<Event.Shown> all, Findings findings) {
        Event.@Nullable Shown before = null;
        for (var one : all) {
            var last = before == null ? 0 : before.entry().ordinal();
            var skipped = one.entry().ordinal() - last - 1;
            if ((skipped != 0 && skipped != deletedBetween(conversation, before, one))
                    || (before != null
                            && one.entry().sequence() <= before.entry().sequence())) {
                findings.add(
                        before == null ? List.of(one) : List.of(before, one),
                        "%s: %s was shown message %d behind message %d"
                                .formatted(
                                        conversation.id(),
                                        one.device(),
                                        one.entry().ordinal(),
                                        last));
                return;
            }
            before = one;
        }
    }

    /** Returns how many messages were passed over because the device's user may have deleted them. */
    private static long deletedBetween(Conversation conversation, Event.@Nullable Shown before, Event.Shown one) {
        var after = before == null ? 0 : before.entry().sequence();
        return conversation.entries().stream()
                .filter(entry -> entry.body().isMessage()
                        && entry.sequence() > after
                        && entry.sequence() < one.entry().sequence()
                        && conversation.mayHaveDeleted(one.device().user(), entry.sequence()))
                .count();
    }
}
