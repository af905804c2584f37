package im.magpie.e2e.history;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A history in numbers.
 *
 * @param sends how many messages were to be sent, of which were acknowledged, refused, and left open
 * @param changes how many recalls, edits and reactions were asked for
 * @param personal how many settings and deletions
 * @param ofGroups how many changes of groups were asked for
 * @param shown how many messages devices have shown, all together
 * @param reconnects how often apps came online again without having been opened
 * @param resends how often apps offered messages again
 * @param faults how many of each kind
 * @param agreedAfter how long after all was quiet, in seconds, the last device showed something new
 */
public record Figures(
        int conversations,
        int devices,
        Sends sends,
        int reads,
        int changes,
        int personal,
        int ofGroups,
        long shown,
        int reconnects,
        long resends,
        Map<String, Long> faults,
        double agreedAfter) {

    /** What came of messages. */
    public record Sends(long all, long acknowledged, long refused) {

        static Sends of(List<Attempt> attempts) {
            var sends = attempts.stream()
                    .filter(attempt -> attempt.what() instanceof Operation.Send)
                    .toList();
            return new Sends(
                    sends.size(),
                    sends.stream().filter(Attempt::isOk).count(),
                    sends.stream().filter(Attempt::isRefused).count());
        }

        /** Returns of how many nobody was told whether they were sent. */
        public long open() {
            return all - acknowledged - refused;
        }
    }

    public static Figures of(History history) {
        var shown = history.conversations().stream()
                .flatMap(conversation -> conversation.shown().values().stream())
                .toList();
        var quiet = history.quiet();
        var last = shown.stream()
                .filter(all -> !all.isEmpty())
                .mapToLong(all -> all.getLast().at())
                .max();
        return new Figures(
                history.conversations().size(),
                history.lives().size(),
                Sends.of(history.attempts()),
                count(history, Operation.Read.class),
                count(history, Operation.Change.class),
                count(history, Operation.Personal.class),
                count(history, Operation.OfGroup.class),
                shown.stream().mapToLong(List::size).sum(),
                history.lives().stream().mapToInt(Life::reconnects).sum(),
                history.lives().stream().mapToLong(Life::resends).sum(),
                history.faults().stream()
                        .collect(Collectors.groupingBy(Event.Broke::kind, TreeMap::new, Collectors.counting())),
                quiet == null ? 0 : Math.max(0, last.orElse(0) - quiet.at()) / 1e9);
    }

    private static int count(History history, Class<? extends Operation> kind) {
        return (int) history.attempts().stream()
                .filter(attempt -> kind.isInstance(attempt.what()))
                .count();
    }
}
