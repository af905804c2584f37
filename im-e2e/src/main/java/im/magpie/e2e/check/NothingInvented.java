package im.magpie.e2e.check;

import im.magpie.e2e.history.Attempt;
import im.magpie.e2e.history.Body;
import im.magpie.e2e.history.Conversation;
import im.magpie.e2e.history.Entry;
import im.magpie.e2e.history.Event;
import im.magpie.e2e.history.History;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whatever anybody sees was asked for, by the one it names, before it was seen, in these words, in this conversation; and not refused. */
final class NothingInvented implements Rule {

    @Override
    public String promise() {
        return "Nothing is in a timeline that nobody sent, and only its people see it.";
    }

    @Override
    public void check(History history, Findings findings) {
        history.conversations().forEach(conversation -> check(conversation, findings));
    }

    private static void check(Conversation conversation, Findings findings) {
        var known = new HashSet<Entry>();
        for (var view : View.of(conversation)) {
            checkAudience(conversation, view, findings);
            for (var i = 0; i < view.entries().size(); i++) {
                check(conversation, view.entries().get(i), view.toString(), view.lines(i), known, findings);
            }
        }
        conversation
                .told()
                .values()
                .forEach(all -> all.forEach(one -> {
                    check(
                            conversation,
                            one.entry(),
                            "what %s was told".formatted(one.device()),
                            List.of(one),
                            known,
                            findings);
                    checkTime(conversation, one, findings);
                }));
    }

    private static void checkAudience(Conversation conversation, View view, Findings findings) {
        var user = view.device().user();
        if (!view.entries().isEmpty() && !conversation.people().contains(user)) {
            findings.add(view.lines(0), "%s, who is not in it, has seen %s".formatted(user, conversation.id()));
        }
    }

    /** The same entry is reported once, where it was first found. What happens to groups is for another rule. */
    private static void check(
            Conversation conversation,
            Entry entry,
            String where,
            List<? extends Event> lines,
            Set<Entry> known,
            Findings findings) {
        if (!known.add(entry) || entry.body() instanceof Body.OfGroup) {
            return;
        }
        var origin = conversation.origin(entry);
        var words = conversation.words(entry);
        if (origin == null) {
            findings.add(lines, "nobody sent %s to %s, which is in %s".formatted(entry, conversation.id(), where));
        } else if (origin.isRefused()) {
            findings.add(origin.lines(), "%s is in %s all the same".formatted(origin, where));
        } else if (words != null && words.isRefused()) {
            findings.add(words.lines(), "%s shows in %s all the same".formatted(words, where));
        }
        if (entry.body() instanceof Body.Gone
                && conversation.recallsOf(entry.sequence()).stream().allMatch(Attempt::isRefused)) {
            findings.add(lines, "nobody took back what was %s in %s".formatted(entry, where));
        }
    }

    private static void checkTime(Conversation conversation, Event.Told told, Findings findings) {
        var origin = told.entry().body() instanceof Body.Text
                ? conversation.words(told.entry())
                : conversation.origin(told.entry());
        if (origin != null && told.at() < origin.invoked().at()) {
            findings.add(
                    List.of(told, origin.invoked()),
                    "%s was shown by %s before anybody asked for it".formatted(origin, told.device()));
        }
    }
}
