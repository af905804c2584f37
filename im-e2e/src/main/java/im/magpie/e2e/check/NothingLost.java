package im.magpie.e2e.check;

import im.magpie.e2e.history.Attempt;
import im.magpie.e2e.history.Conversation;
import im.magpie.e2e.history.Entry;
import im.magpie.e2e.history.History;
import im.magpie.e2e.history.Operation;
import im.magpie.e2e.history.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What was acknowledged is where and what its sender was told, wherever anybody looks. */
final class NothingLost implements Rule {

    @Override
    public String promise() {
        return "What was acknowledged is in history, and was shown by and is kept on every device of everybody.";
    }

    @Override
    public void check(History history, Findings findings) {
        history.conversations().forEach(conversation -> check(conversation, findings));
    }

    /** A view, by the sequences of its entries. */
    private record Sorted(View view, Map<Long, Entry> entries) {}

    private static void check(Conversation conversation, Findings findings) {
        var views = View.of(conversation).stream()
                .filter(view -> conversation.people().contains(view.device().user()))
                .map(view -> new Sorted(view, view.bySequence()))
                .toList();
        for (var attempt : conversation.attempts()) {
            var place = attempt.place();
            if (place != null) {
                check(conversation, attempt, place, views, findings);
            }
        }
    }

    private static void check(
            Conversation conversation, Attempt attempt, Place place, List<Sorted> views, Findings findings) {
        var faults = new ArrayList<String>();
        for (var sorted : views) {
            var there = sorted.entries().get(place.sequence());
            if (sorted.view().kind() == View.Kind.SHOWN && !(attempt.what() instanceof Operation.Send)) {
                continue;
            }
            var user = sorted.view().device().user();
            if (there == null
                    && (conversation.mayHaveDeleted(user, place.sequence())
                            || !conversation.mayRead(user, place.sequence()))) {
                continue;
            }
            if (there == null) {
                faults.add("is missing from " + sorted.view());
            } else if (!is(conversation, attempt, place, there)) {
                faults.add("is %s in %s".formatted(there, sorted.view()));
            }
        }
        if (!faults.isEmpty()) {
            findings.add(attempt.lines(), "%s %s".formatted(attempt, String.join(", and ", faults)));
        }
    }

    private static boolean is(Conversation conversation, Attempt attempt, Place place, Entry there) {
        return there.clientMessageId().equals(place.clientMessageId())
                && there.serverTime() == place.serverTime()
                && attempt.is(conversation.origin(there));
    }
}
