package im.magpie.e2e.check;

import im.magpie.e2e.history.Body;
import im.magpie.e2e.history.Conversation;
import im.magpie.e2e.history.DeviceName;
import im.magpie.e2e.history.Entry;
import im.magpie.e2e.history.Event;
import im.magpie.e2e.history.History;
import im.magpie.e2e.history.Life;
import im.magpie.e2e.history.Operation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What an entry of the timeline takes back is gone from whatever is kept, and is shown to nobody behind that entry, nor to a device that began when the
 * recall had been acknowledged. And nothing is gone that no entry takes back.
 */
final class Recalled implements Rule {

    @Override
    public String promise() {
        return "What was recalled is gone everywhere, and nothing else is.";
    }

    @Override
    public void check(History history, Findings findings) {
        for (var conversation : history.conversations()) {
            var recalls = recalls(conversation);
            checkFinals(conversation, recalls, findings);
            conversation
                    .shown()
                    .forEach((device, all) ->
                            checkShown(conversation, history.life(device), device, all, recalls, findings));
        }
    }

    /**
     * A recall.
     *
     * @param sequence of the entry that says so
     * @param acknowledgedAt {@link Long#MAX_VALUE} for never
     */
    private record Recall(long sequence, long acknowledgedAt) {}

    /** By the sequence of what was taken back. */
    private static Map<Long, Recall> recalls(Conversation conversation) {
        var recalls = new HashMap<Long, Recall>();
        for (var entry : conversation.entries()) {
            if (entry.body() instanceof Body.Recall(long target)) {
                var origin = conversation.origin(entry);
                var at = origin == null ? Long.MAX_VALUE : origin.doneAt();
                recalls.merge(
                        target,
                        new Recall(entry.sequence(), at),
                        (a, b) -> new Recall(
                                Math.min(a.sequence(), b.sequence()),
                                Math.min(a.acknowledgedAt(), b.acknowledgedAt())));
            }
        }
        return recalls;
    }

    private static void checkFinals(Conversation conversation, Map<Long, Recall> recalls, Findings findings) {
        for (var view : View.of(conversation)) {
            if (view.kind() == View.Kind.SHOWN) {
                continue;
            }
            for (var entry : view.entries()) {
                var recalled = recalls.containsKey(entry.sequence());
                if (recalled && entry.body() instanceof Body.Text) {
                    findings.add(
                            List.of(), "%s: %s was taken back, and is in %s".formatted(conversation.id(), entry, view));
                } else if (!recalled && entry.body() instanceof Body.Gone) {
                    findings.add(
                            List.of(),
                            "%s: no entry takes back what is %s in %s".formatted(conversation.id(), entry, view));
                }
            }
        }
        checkAcknowledged(conversation, recalls, findings);
    }

    private static void checkAcknowledged(Conversation conversation, Map<Long, Recall> recalls, Findings findings) {
        for (var attempt : conversation.attempts()) {
            if (attempt.isOk()
                    && attempt.what() instanceof Operation.Recall recall
                    && !recalls.containsKey(recall.target())
                    && !conversation.stored().isEmpty()) {
                findings.add(attempt.lines(), "%s: nothing came of %s".formatted(conversation.id(), attempt));
            }
        }
    }

    private static void checkShown(
            Conversation conversation,
            Life life,
            DeviceName device,
            List<Event.Shown> all,
            Map<Long, Recall> recalls,
            Findings findings) {
        var begin = life.starts().isEmpty() ? 0 : life.starts().getFirst().at();
        var newest = 0L;
        for (var one : all) {
            newest = Math.max(newest, one.entry().sequence());
            var recall = recalls.get(one.entry().sequence());
            if (recall != null
                    && says(one.entry())
                    && (recall.acknowledgedAt() < begin || recall.sequence() <= newest)) {
                findings.add(
                        List.of(one),
                        "%s: %s was shown what had been taken back before".formatted(conversation.id(), device));
            }
        }
    }

    private static boolean says(Entry entry) {
        return entry.body() instanceof Body.Text;
    }
}
