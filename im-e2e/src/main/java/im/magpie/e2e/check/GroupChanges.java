package im.magpie.e2e.check;

import im.magpie.e2e.history.Attempt;
import im.magpie.e2e.history.Body;
import im.magpie.e2e.history.Conversation;
import im.magpie.e2e.history.Entry;
import im.magpie.e2e.history.Event;
import im.magpie.e2e.history.History;
import im.magpie.e2e.history.Memberships;
import im.magpie.e2e.history.Operation;
import java.util.List;

/**
 * A change of a group that was acknowledged is so at some place of the timeline that was, or came to be, between the asking and the answer: by its event, or because it was so
 * already. And each event has somebody who has asked for it. He has done so for each of them; but what is not answered is asked for again and again, and may be done again when
 * somebody else has undone it meanwhile: until it is answered, and no more from then on.
 */
final class GroupChanges implements Rule {

    @Override
    public String promise() {
        return "A change of a group that was acknowledged is in its timeline, and nothing happens that nobody asked"
                + " for, or again when it was answered.";
    }

    @Override
    public void check(History history, Findings findings) {
        for (var conversation : history.conversations()) {
            var memberships = conversation.memberships();
            if (memberships != null && !conversation.stored().isEmpty()) {
                var times = new Times(conversation);
                checkAsked(conversation, times, findings);
                conversation.attempts().stream()
                        .filter(attempt -> attempt.isOk() && !isSo(attempt, memberships, times))
                        .forEach(attempt -> findings.add(
                                attempt.lines(), "%s: nothing came of %s".formatted(conversation.id(), attempt)));
            }
        }
    }

    private static void checkAsked(Conversation conversation, Times times, Findings findings) {
        for (var entry : conversation.entries()) {
            if (entry.body() instanceof Body.OfGroup event
                    && conversation.origin(entry) == null
                    && conversation.attempts().stream().noneMatch(one -> mayRepeat(one, entry, event, times))) {
                var shown = conversation.firstShown(entry.sequence());
                findings.add(
                        shown == null ? List.<Event>of() : List.of(shown),
                        "%s: nobody has asked for %s, or it was done already".formatted(conversation.id(), entry));
            }
        }
    }

    private static boolean mayRepeat(Attempt attempt, Entry entry, Body.OfGroup event, Times times) {
        var asking = attempt.device().user();
        return attempt.what() instanceof Operation.OfGroup what
                && asking.equals(entry.sender())
                && what.makes(event, asking)
                && attempt.invoked().at() <= times.conversation().knownAt(entry)
                && (!attempt.isOk() || times.possible(attempt.doneAt()).contains(entry.sequence()));
    }

    private static boolean isSo(Attempt attempt, Memberships memberships, Times times) {
        if (!(attempt.what() instanceof Operation.OfGroup what)) {
            return true;
        }
        var asking = attempt.device().user();
        var from = times.lastKnown(attempt.invoked().at());
        return what.isSo(memberships, asking, from)
                || times.possible(attempt.doneAt()).stream()
                        .anyMatch(sequence -> sequence > from && what.isSo(memberships, asking, sequence));
    }

    /** What of a timeline there was at which time. */
    private record Times(Conversation conversation) {

        /** Returns up to where somebody knew before a moment that there is something: it was there then. */
        long lastKnown(long at) {
            return conversation.entries().stream()
                    .filter(entry -> conversation.knownAt(entry) < at)
                    .mapToLong(entry -> entry.sequence())
                    .max()
                    .orElse(0);
        }

        /** Returns the places of all that can have been there at a moment: nothing stands above what was asked for later. */
        List<Long> possible(long at) {
            return conversation.entries().stream()
                    .takeWhile(entry -> {
                        var origin = conversation.origin(entry);
                        return origin == null || origin.invoked().at() <= at;
                    })
                    .map(entry -> entry.sequence())
                    .toList();
        }
    }
}
