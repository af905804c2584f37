package im.magpie.client.store;

import im.magpie.codec.content.Contents;
import im.magpie.codec.protocol.ChatMessage;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongPredicate;

/** Which messages of one conversation were changed since the state in which a store holds them. Not safe for use by many threads. */
final class ChangeIndex {

    private final Map<Long, Long> shown = new HashMap<>();
    private final SortedMap<Long, Long> unseen = new TreeMap<>();

    /** The store holds an entry of the timeline, or a newer state of one. */
    void holds(ChatMessage entry) {
        if (entry.getChangedSequence() > 0) {
            shown.merge(entry.getSequence(), entry.getChangedSequence(), Math::max);
            var change = unseen.get(entry.getSequence());
            if (change != null && change <= entry.getChangedSequence()) {
                unseen.remove(entry.getSequence());
            }
        }
        if (Contents.isChange(entry.getContent())) {
            var target = Contents.target(entry.getContent());
            if (shown.getOrDefault(target, 0L) < entry.getSequence()) {
                unseen.merge(target, entry.getSequence(), Math::max);
            }
        }
    }

    /**
     * Returns the messages whose changes the store does not show, each with the last of them.
     *
     * @param held tells whether the store has a message: the changes of others are forgotten, because what comes later comes as it is then
     */
    SortedMap<Long, Long> stale(LongPredicate held) {
        unseen.keySet().removeIf(sequence -> !held.test(sequence));
        return Collections.unmodifiableSortedMap(new TreeMap<>(unseen));
    }
}
