package im.magpie.e2e.check;

import im.magpie.e2e.history.Conversation;
import im.magpie.e2e.history.Entry;
import im.magpie.e2e.history.Event;
import im.magpie.e2e.history.History;
import java.util.List;

/**
 * Of a group everybody has what was said from his coming to his going, or from the beginning where it shows that, and nothing else. The places of the events in its
 * timeline decide; each reads the one of his coming, and the one of his going.
 */
final class MayRead implements Rule {

    @Override
    public String promise() {
        return "Whoever is in a group at a message's place ends with it, and nobody has of a group what he may not"
                + " read.";
    }

    @Override
    public void check(History history, Findings findings) {
        for (var conversation : history.conversations()) {
            if (conversation.memberships() != null && !conversation.stored().isEmpty()) {
                for (var view : View.of(conversation)) {
                    checkNoMore(conversation, view, findings);
                    checkNoLess(conversation, view, findings);
                }
                conversation.told().values().forEach(all -> checkTold(conversation, all, findings));
            }
        }
    }

    private static void checkNoMore(Conversation conversation, View view, Findings findings) {
        var user = view.device().user();
        for (var i = 0; i < view.entries().size(); i++) {
            var entry = view.entries().get(i);
            if (!conversation.mayRead(user, entry.sequence())) {
                findings.add(
                        view.lines(i),
                        "%s: %s, which %s may not read, is in %s".formatted(conversation.id(), entry, user, view));
                return;
            }
        }
    }

    /** Of messages that a device has it was told by what it was shown. */
    private static void checkTold(Conversation conversation, List<Event.Told> all, Findings findings) {
        all.stream()
                .filter(one -> one instanceof Event.Changed
                        && !conversation.mayRead(
                                one.device().user(), one.entry().sequence()))
                .findFirst()
                .ifPresent(one -> findings.add(
                        List.of(one),
                        "%s: %s was told of a change of what its user may not read"
                                .formatted(conversation.id(), one.device())));
    }

    private static void checkNoLess(Conversation conversation, View view, Findings findings) {
        var there = view.bySequence();
        conversation.entries().stream()
                .filter(entry -> isDue(conversation, view, entry) && !there.containsKey(entry.sequence()))
                .findFirst()
                .ifPresent(entry -> findings.add(
                        List.of(),
                        "%s: %s, which %s is to read, is not in %s"
                                .formatted(
                                        conversation.id(), entry, view.device().user(), view)));
    }

    private static boolean isDue(Conversation conversation, View view, Entry entry) {
        var user = view.device().user();
        return (view.kind() != View.Kind.SHOWN || entry.body().isShown())
                && conversation.mayRead(user, entry.sequence())
                && !conversation.mayHaveDeleted(user, entry.sequence());
    }
}
