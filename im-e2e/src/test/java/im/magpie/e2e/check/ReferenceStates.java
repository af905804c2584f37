package im.magpie.e2e.check;

import im.magpie.e2e.history.Body;
import im.magpie.e2e.history.Entry;
import im.magpie.e2e.history.Operation;
import im.magpie.e2e.history.State;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What changes make of messages, one after the other. */
final class ReferenceStates {

    private record Message(String conversation, long sequence) {}

    /** Who reacts to what in which way. */
    private final Map<Message, Map<String, Set<String>>> reacting = new HashMap<>();

    /**
     * Returns a message in its next state.
     *
     * @param by the entry of the change
     */
    Entry changed(Entry message, Entry by, Operation.Change change) {
        var reactions = reacting.computeIfAbsent(
                new Message(change.conversation(), message.sequence()), _ -> new TreeMap<String, Set<String>>());
        if (change instanceof Operation.React react) {
            var users = reactions.computeIfAbsent(react.emoji(), _ -> new HashSet<>());
            var _ = react.removed() ? users.remove(by.sender()) : users.add(by.sender());
        }
        if (change instanceof Operation.Recall || message.body() instanceof Body.Gone) {
            return message.with(new Body.Gone(), new State(by.sequence(), 0, Map.of()));
        }
        return change instanceof Operation.Edit edit
                ? message.with(
                        new Body.Text(edit.content()), new State(by.sequence(), by.sequence(), counts(reactions)))
                : message.with(message.body(), new State(by.sequence(), message.edit(), counts(reactions)));
    }

    private static Map<String, Integer> counts(Map<String, Set<String>> reactions) {
        var counts = new TreeMap<String, Integer>();
        reactions.forEach((emoji, users) -> {
            if (!users.isEmpty()) {
                counts.put(emoji, users.size());
            }
        });
        return counts;
    }
}
