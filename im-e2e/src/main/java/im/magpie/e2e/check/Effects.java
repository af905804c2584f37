package im.magpie.e2e.check;

import im.magpie.e2e.history.Body;
import im.magpie.e2e.history.Conversation;
import im.magpie.e2e.history.Entry;
import im.magpie.e2e.history.Operation;
import im.magpie.e2e.history.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the changes in a conversation's timeline make of its messages. */
final class Effects {

    private final Conversation conversation;
    /** By what they change, in their order. */
    private final Map<Long, List<Entry>> changes = new HashMap<>();

    Effects(Conversation conversation) {
        this.conversation = conversation;
        for (var entry : conversation.entries()) {
            if (entry.body() instanceof Body.Change change) {
                changes.computeIfAbsent(change.target(), _ -> new ArrayList<>()).add(entry);
            }
        }
    }

    /** Returns the changes of what is at a sequence, in their order. */
    List<Entry> of(long sequence) {
        return changes.getOrDefault(sequence, List.of());
    }

    /** Returns how a message has to look that shows all changes up to one; null if it can't be known what anybody said. */
    @Nullable
    Entry upTo(Entry message, long sequence) {
        var made = of(message.sequence()).stream()
                .filter(change -> change.sequence() <= sequence)
                .toList();
        var words = words(message, made);
        if (made.isEmpty()) {
            return words == null ? null : message.with(words, null);
        }
        var last = made.getLast().sequence();
        if (made.stream().anyMatch(change -> change.body() instanceof Body.Recall)) {
            return message.with(new Body.Gone(), new State(last, 0, Map.of()));
        }
        return words == null ? null : message.with(words, new State(last, edit(made), reactions(made)));
    }

    private Body.@Nullable Text words(Entry message, List<Entry> made) {
        var edit = made.stream()
                .filter(change -> change.body() instanceof Body.Edit)
                .reduce((_, later) -> later);
        var origin = conversation.origin(edit.orElse(message));
        return switch (origin == null ? null : origin.what()) {
            case Operation.Send send -> new Body.Text(send.content());
            case Operation.Edit change -> new Body.Text(change.content());
            case null, default -> null;
        };
    }

    private static long edit(List<Entry> made) {
        return made.stream()
                .filter(change -> change.body() instanceof Body.Edit)
                .mapToLong(Entry::sequence)
                .max()
                .orElse(0);
    }

    private record Reacting(String user, String emoji) {}

    private static Map<String, Integer> reactions(List<Entry> made) {
        Map<Reacting, Boolean> last = new HashMap<>();
        for (var change : made) {
            if (change.body() instanceof Body.Reaction reaction) {
                last.put(new Reacting(change.sender(), reaction.emoji()), reaction.removed());
            }
        }
        Map<String, Integer> counts = new TreeMap<>();
        last.forEach((reacting, removed) -> {
            if (!removed) {
                counts.merge(reacting.emoji(), 1, Integer::sum);
            }
        });
        return counts;
    }
}
