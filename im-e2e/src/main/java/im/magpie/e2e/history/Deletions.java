package im.magpie.e2e.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What people may have deleted for themselves in a conversation. */
final class Deletions {

    private final Map<String, Set<Long>> byUser = new HashMap<>();

    Deletions(List<Attempt> attempts) {
        for (var attempt : attempts) {
            if (attempt.what() instanceof Operation.Delete delete && !attempt.isRefused()) {
                byUser.computeIfAbsent(attempt.device().user(), _ -> new HashSet<>())
                        .add(delete.sequence());
            }
        }
    }

    boolean mayHave(String user, long sequence) {
        return byUser.getOrDefault(user, Set.of()).contains(sequence);
    }

    /** Returns the last of the answers, and what is missing from it because its reader may have deleted it, as the last one of the others has it. */
    List<Entry> undone(List<Event.Stored> stored) {
        if (stored.isEmpty()) {
            return List.of();
        }
        var last = stored.getLast();
        var entries = new ArrayList<>(last.entries());
        var there = entries.stream().map(Entry::sequence).collect(Collectors.toSet());
        for (var other : stored.reversed()) {
            for (var entry : other.entries()) {
                if (mayHave(last.device().user(), entry.sequence()) && there.add(entry.sequence())) {
                    entries.add(entry);
                }
            }
        }
        if (entries.size() > last.entries().size()) {
            entries.sort(Comparator.comparingLong(Entry::sequence));
        }
        return List.copyOf(entries);
    }
}
