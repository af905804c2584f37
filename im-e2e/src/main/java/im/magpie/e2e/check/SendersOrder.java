package im.magpie.e2e.check;

import im.magpie.e2e.history.Attempt;
import im.magpie.e2e.history.Conversation;
import im.magpie.e2e.history.DeviceName;
import im.magpie.e2e.history.Entry;
import im.magpie.e2e.history.Event;
import im.magpie.e2e.history.History;
import im.magpie.e2e.history.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a device said earlier in a conversation stands earlier in it, answered or not. And whatever was done (its sender was told so, or somebody saw
 * it) before something else was asked for stands before that, whoever they come from.
 */
final class SendersOrder implements Rule {

    @Override
    public String promise() {
        return "The order is that of each sending device, and of what was known to be there before.";
    }

    @Override
    public void check(History history, Findings findings) {
        for (var conversation : history.conversations()) {
            checkDevices(conversation, findings);
            checkTimes(conversation, findings);
        }
    }

    private record Placed(Attempt attempt, Entry entry) {

        List<Event> lines(Conversation conversation) {
            var lines = new ArrayList<>(attempt.lines());
            var shown = conversation.firstShown(entry.sequence());
            if (shown != null) {
                lines.add(shown);
            }
            return lines;
        }
    }

    /** Of two changes alike that were not answered, nobody can say which is which: they are left out. */
    private static List<Placed> placed(Conversation conversation) {
        var placed = new ArrayList<Placed>();
        for (var entry : conversation.entries()) {
            var attempt = conversation.origin(entry);
            if (attempt != null && (attempt.what() instanceof Operation.Send || attempt.place() != null)) {
                placed.add(new Placed(attempt, entry));
            }
        }
        return placed;
    }

    private static void checkDevices(Conversation conversation, Findings findings) {
        Map<DeviceName, Placed> latest = new HashMap<>();
        for (var one : placed(conversation)) {
            var before = latest.get(one.attempt().device());
            if (before != null && asked(one) < asked(before)) {
                findings.add(
                        lines(one, before),
                        "%s: %s was overtaken by %s".formatted(conversation.id(), one.attempt(), before.attempt()));
            } else {
                latest.put(one.attempt().device(), one);
            }
        }
    }

    /** Operations are numbered in the order in which they were asked for. */
    private static long asked(Placed one) {
        return one.attempt().invoked().operation();
    }

    private static List<Event> lines(Placed one, Placed other) {
        var lines = new ArrayList<Event>(one.attempt().lines());
        lines.addAll(other.attempt().lines());
        return lines;
    }

    /** From the end: what stands behind an entry must not have been known before that was asked for. */
    private static void checkTimes(Conversation conversation, Findings findings) {
        @Nullable Placed firstKnown = null;
        for (var one : placed(conversation).reversed()) {
            if (firstKnown != null
                    && conversation.knownAt(firstKnown.entry())
                            < one.attempt().invoked().at()) {
                var lines = firstKnown.lines(conversation);
                lines.addAll(one.attempt().lines());
                findings.add(
                        lines,
                        "%s: %s stands before %s, which was known to be there before"
                                .formatted(conversation.id(), one.attempt(), firstKnown.attempt()));
            }
            if (firstKnown == null
                    || conversation.knownAt(one.entry())
                            < conversation.knownAt(
                                    Objects.requireNonNull(firstKnown).entry())) {
                firstKnown = one;
            }
        }
    }
}
