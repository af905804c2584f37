package im.magpie.e2e.check;

import im.magpie.e2e.history.Attempt;
import im.magpie.e2e.history.Conversation;
import im.magpie.e2e.history.DeviceName;
import im.magpie.e2e.history.Event;
import im.magpie.e2e.history.History;
import im.magpie.e2e.history.Memberships;
import im.magpie.e2e.history.Operation;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** How far somebody is only ever grows for whoever is told of it, and is never further than there was anything to get, or than they said. */
final class Watermarks implements Rule {

    @Override
    public String promise() {
        return "Watermarks never go back, and never pass what exists or what was read.";
    }

    @Override
    public void check(History history, Findings findings) {
        for (var conversation : history.conversations()) {
            checkDirection(conversation, findings);
            checkExistence(conversation, findings);
            checkReading(conversation, findings);
        }
    }

    private record Watched(DeviceName device, String user) {}

    private static void checkDirection(Conversation conversation, Findings findings) {
        Map<Watched, Event.Marked> delivered = new HashMap<>();
        Map<Watched, Event.Marked> read = new HashMap<>();
        for (var mark : conversation.marks()) {
            var watched = new Watched(mark.device(), mark.user());
            var further = delivered.merge(watched, mark, (a, b) -> b.delivered() >= a.delivered() ? b : a);
            if (further.delivered() > mark.delivered()) {
                findings.add(
                        List.of(further, mark), "%s: what %s got went back".formatted(conversation.id(), mark.user()));
            }
            further = read.merge(watched, mark, (a, b) -> b.read() >= a.read() ? b : a);
            if (further.read() > mark.read()) {
                findings.add(
                        List.of(further, mark), "%s: what %s read went back".formatted(conversation.id(), mark.user()));
            }
            if (mark.read() > mark.delivered()) {
                findings.add(List.of(mark), "%s: %s read what never came".formatted(conversation.id(), mark.user()));
            }
        }
    }

    private static void checkExistence(Conversation conversation, Findings findings) {
        if (conversation.stored().isEmpty()) {
            return;
        }
        var since = existsSince(conversation);
        for (var mark : conversation.marks()) {
            var sequence = Math.max(mark.delivered(), mark.read());
            var least = sequence == 0 ? null : since.ceilingEntry(sequence);
            if (sequence > 0 && (least == null || least.getValue() > mark.at())) {
                findings.add(
                        List.of(mark),
                        "%s: %s is at %d, which did not exist then"
                                .formatted(conversation.id(), mark.user(), sequence));
            }
        }
    }

    /** By sequence: when at the earliest an entry with it or a higher one can have come to be. */
    private static NavigableMap<Long, Long> existsSince(Conversation conversation) {
        var since = new TreeMap<Long, Long>();
        var earliest = Long.MAX_VALUE;
        for (var entry : conversation.entries().reversed()) {
            var origin = conversation.origin(entry);
            earliest = Math.min(earliest, origin == null ? 0 : origin.invoked().at());
            since.put(entry.sequence(), earliest);
        }
        return since;
    }

    /** Attempts and marks are both in the order of their times. */
    private static void checkReading(Conversation conversation, Findings findings) {
        Map<String, Long> furthest = new HashMap<>();
        var reads = new ArrayDeque<>(conversation.attempts().stream()
                .filter(attempt -> attempt.what() instanceof Operation.Read)
                .toList());
        for (var mark : conversation.marks()) {
            while (!reads.isEmpty() && reads.getFirst().invoked().at() <= mark.at()) {
                var attempt = reads.removeFirst();
                furthest.merge(attempt.device().user(), sequence(attempt), Math::max);
            }
            var least = conversation.memberships() == null ? 0 : begins(conversation.memberships(), mark.user());
            if (mark.read() > Math.max(furthest.getOrDefault(mark.user(), 0L), least)) {
                findings.add(
                        List.of(mark),
                        "%s: %s never said to have read everything up to %d"
                                .formatted(conversation.id(), mark.user(), mark.read()));
            }
        }
    }

    /** Who comes into a group has nothing to read up to there. */
    private static long begins(Memberships memberships, String user) {
        return memberships.staysOf(user).stream()
                .mapToLong(Memberships.Stay::begin)
                .max()
                .orElse(0);
    }

    private static long sequence(Attempt attempt) {
        return attempt.what() instanceof Operation.Read read ? read.sequence() : 0;
    }
}
