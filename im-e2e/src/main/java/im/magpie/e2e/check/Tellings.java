package im.magpie.e2e.check;

import im.magpie.e2e.history.Body;
import im.magpie.e2e.history.Conversation;
import im.magpie.e2e.history.DeviceName;
import im.magpie.e2e.history.Entry;
import im.magpie.e2e.history.Event;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Which device was told of which message, in which state, and when. */
final class Tellings {

    private final Conversation conversation;
    private final Map<Long, List<Event.Told>> bySequence = new HashMap<>();
    private final Map<Long, Entry> entries = new HashMap<>();
    /** The places of the changes of each message, in their order. */
    private final Map<Long, List<Long>> changes = new HashMap<>();

    Tellings(Conversation conversation) {
        this.conversation = conversation;
        conversation.entries().forEach(this::take);
        conversation.told().values().stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparingLong(Event::at))
                .forEach(one -> bySequence
                        .computeIfAbsent(one.entry().sequence(), _ -> new ArrayList<>())
                        .add(one));
    }

    private void take(Entry entry) {
        entries.put(entry.sequence(), entry);
        if (entry.body() instanceof Body.Change change) {
            changes.computeIfAbsent(change.target(), _ -> new ArrayList<>()).add(entry.sequence());
        }
    }

    /** Returns what first told a device of a message, with this change of it at least, or showed it where that is 0; null for nothing. */
    Event.@Nullable Told first(DeviceName device, Entry message, long change) {
        return first(message, change, one -> one.device().equals(device) && (change > 0 || one instanceof Event.Shown));
    }

    private Event.@Nullable Told first(Entry message, long change, Predicate<Event.Told> which) {
        return bySequence.getOrDefault(message.sequence(), List.of()).stream()
                .filter(one -> one.entry().changed() >= change && which.test(one))
                .findFirst()
                .orElse(null);
    }

    /** Returns the last change of a message that somebody is to have; 0 for none. */
    long lastChange(String user, Entry message) {
        if (conversation.mayRead(user, message.changed())) {
            return message.changed();
        }
        return changes.getOrDefault(message.sequence(), List.of()).stream()
                .filter(change -> conversation.mayRead(user, change))
                .reduce(0L, Math::max);
    }

    /** Returns since when anybody has known of what lets somebody read a message; 0 for ever. */
    long readableSince(String user, Entry message) {
        var memberships = conversation.memberships();
        var since = memberships == null ? null : entries.get(memberships.readableSince(user, message.sequence()));
        return since == null ? 0 : knownSince(since, 0);
    }

    /** Returns since when anybody has known of a message, with this change of it; 0 where nobody ever knew, and it is there nevertheless. */
    long knownSince(Entry message, long change) {
        var told = first(message, change, _ -> true);
        var entry = change == 0 ? message : entries.get(change);
        var done = entry == null ? Long.MAX_VALUE : conversation.answeredAt(entry);
        var known = Math.min(told == null ? Long.MAX_VALUE : told.at(), done);
        return known == Long.MAX_VALUE ? 0 : known;
    }
}
