package im.magpie.e2e.check;

import im.magpie.e2e.history.Attempt;
import im.magpie.e2e.history.Body;
import im.magpie.e2e.history.Conversation;
import im.magpie.e2e.history.Event;
import im.magpie.e2e.history.History;
import im.magpie.e2e.history.Memberships;
import im.magpie.e2e.history.Operation;
import java.util.List;

/**
 * A change of a group that was acknowledged is in its timeline by then; where nothing comes of it, it was so already at some place that was, or came to be, between the asking and the answer.
 * And each event has somebody who has asked for it, by the id of his request.
 */
final class GroupChanges implements Rule {

    @Override
    public String promise() {
        return "A change of a group that was acknowledged is in its timeline, and nothing happens that nobody asked"
                + " for.";
    }

    @Override
    public void check(History history, Findings findings) {
        for (var conversation : history.conversations()) {
            var memberships = conversation.memberships();
            if (memberships != null && !conversation.stored().isEmpty()) {
                var times = new Times(conversation);
                checkAsked(conversation, findings);
                conversation.attempts().stream()
                        .filter(attempt -> attempt.isOk() && !isDone(attempt, memberships, times))
                        .forEach(attempt -> findings.add(
                                attempt.lines(), "%s: nothing came of %s".formatted(conversation.id(), attempt)));
            }
        }
    }

    private static void checkAsked(Conversation conversation, Findings findings) {
        for (var entry : conversation.entries()) {
            if (entry.body() instanceof Body.OfGroup && conversation.origin(entry) == null) {
                var shown = conversation.firstShown(entry.sequence());
                findings.add(
                        shown == null ? List.<Event>of() : List.of(shown),
                        "%s: nobody has asked for %s".formatted(conversation.id(), entry));
            }
        }
    }

    private static boolean isDone(Attempt attempt, Memberships memberships, Times times) {
        if (!(attempt.what() instanceof Operation.OfGroup what)) {
            return true;
        }
        var possible = times.possible(attempt.doneAt());
        var made = times.madeBy(attempt);
        return made == 0 ? wasSo(attempt, what, memberships, times, possible) : possible.contains(made);
    }

    private static boolean wasSo(
            Attempt attempt, Operation.OfGroup what, Memberships memberships, Times times, List<Long> possible) {
        var asking = attempt.device().user();
        var from = times.lastKnown(attempt.invoked().at());
        return what.isSo(memberships, asking, from)
                || possible.stream().anyMatch(sequence -> sequence > from && what.isSo(memberships, asking, sequence));
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

        /** Returns the place of what came of an attempt; 0 for nothing. */
        long madeBy(Attempt attempt) {
            return conversation.entries().stream()
                    .filter(entry -> attempt.is(conversation.origin(entry)))
                    .mapToLong(entry -> entry.sequence())
                    .findFirst()
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
