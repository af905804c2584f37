package im.magpie.e2e.check;

import im.magpie.e2e.history.Conversation;
import im.magpie.e2e.history.DeviceName;
import im.magpie.e2e.history.Entry;
import im.magpie.e2e.history.Event;
import im.magpie.e2e.history.History;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A conversation has one timeline, and everybody has seen it from its first entry to its last, in its order. It has a hole only where numbers went with
 * Redis: then what stands above it was taken in before that, and nobody knew of it until after.
 */
final class OneOrder implements Rule {

    @Override
    public String promise() {
        return "A conversation has one order, dense but for what went with Redis, the same on every device and in"
                + " history.";
    }

    @Override
    public void check(History history, Findings findings) {
        for (var conversation : history.conversations()) {
            if (!conversation.stored().isEmpty()) {
                checkNumbers(history, conversation, findings);
                checkFinals(conversation, findings);
                checkShown(conversation, findings);
            }
        }
    }

    private static void checkNumbers(History history, Conversation conversation, Findings findings) {
        @Nullable Entry before = null;
        for (var entry : conversation.entries()) {
            var fault = fault(history, conversation, before, entry);
            if (fault != null) {
                findings.add(List.of(), "%s: %s %s".formatted(conversation.id(), entry, fault));
                return;
            }
            before = entry;
        }
    }

    private static @Nullable String fault(
            History history, Conversation conversation, @Nullable Entry before, Entry entry) {
        var missing = entry.sequence() - (before == null ? 0 : before.sequence()) - 1;
        if (missing < 0 || (missing > 0 && !wentWithRedis(history, conversation, entry))) {
            return "is not behind what is below it: its history is not dense";
        }
        var messages = entry.ordinal()
                - (before == null ? 0 : before.ordinal())
                - (entry.body().isMessage() ? 1 : 0);
        if (messages < 0 || messages > missing) {
            return "is message " + (entry.ordinal() - messages) + " of its history";
        }
        if (before != null && entry.serverTime() < before.serverTime()) {
            return "is older in its history than what is below it: the time falls";
        }
        return null;
    }

    private static boolean wentWithRedis(History history, Conversation conversation, Entry above) {
        var attempt = conversation.origin(above);
        return attempt != null
                && history.losses().stream()
                        .anyMatch(loss ->
                                attempt.invoked().at() < loss.to() && conversation.knownAt(above) > loss.from());
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
                .filter(entry -> there.contains(entry.sequence()) || isDue(conversation, view.device(), entry))
                .toList();
        for (var i = 0; i < Math.max(history.size(), entries.size()); i++) {
            var expected = at(history, i);
            var found = at(entries, i);
            if (!isSame(conversation, view.device(), found, expected)) {
                findings.add(
                        List.of(),
                        "%s: entry %d of %s is %s, and %s of its history"
                                .formatted(conversation.id(), i + 1, view, show(found), show(expected)));
                return;
            }
        }
    }

    /** Returns whether somebody has to have an entry: he may read it, and has not deleted it. */
    private static boolean isDue(Conversation conversation, DeviceName device, Entry entry) {
        return conversation.mayRead(device.user(), entry.sequence())
                && !conversation.mayHaveDeleted(device.user(), entry.sequence());
    }

    /** Who has left a group does not have to hear how what he has read has changed since. */
    private static boolean isSame(
            Conversation conversation, DeviceName device, @Nullable Entry found, @Nullable Entry expected) {
        if (found == null || expected == null) {
            return false;
        }
        return found.equals(expected)
                || (!conversation.mayRead(device.user(), expected.changed()) && found.became(expected));
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
        var places = places(conversation.entries());
        conversation.shown().values().forEach(all -> checkDense(conversation, places, all, findings));
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

    /** Returns which of those of its history that are shown each is, from 1. */
    private static Map<Long, Integer> places(List<Entry> history) {
        Map<Long, Integer> places = new HashMap<>();
        history.stream()
                .filter(entry -> entry.body().isShown())
                .forEach(entry -> places.put(entry.sequence(), places.size() + 1));
        return places;
    }

    /** Between two messages there may be changes, which are not shown by themselves, and what the device's user has deleted or may not read. */
    private static void checkDense(
            Conversation conversation, Map<Long, Integer> places, List<Event.Shown> all, Findings findings) {
        Event.@Nullable Shown before = null;
        var last = 0;
        for (var one : all) {
            var place = places.getOrDefault(one.entry().sequence(), 0);
            var skipped = place - last - 1;
            if (skipped != 0 && (skipped < 0 || skipped != passedOver(conversation, before, one))) {
                findings.add(
                        before == null ? List.of(one) : List.of(before, one),
                        "%s: %s was shown message %d behind message %d"
                                .formatted(conversation.id(), one.device(), place, last));
                return;
            }
            before = one;
            last = place;
        }
    }

    /** Returns how many messages the device's user need not have. */
    private static long passedOver(Conversation conversation, Event.@Nullable Shown before, Event.Shown one) {
        var after = before == null ? 0 : before.entry().sequence();
        return conversation.entries().stream()
                .filter(entry -> entry.body().isShown()
                        && entry.sequence() > after
                        && entry.sequence() < one.entry().sequence()
                        && !isDue(conversation, one.device(), entry))
                .count();
    }
}
