package im.magpie.client.store;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a store tells of the messages that it holds in an old state. */
final class Stale {

    /** Leaves out the changes of messages that the store does not hold. */
    static Map<String, SortedMap<Long, Long>> of(Map<String, ChangeIndex> changes, ClientStore store) {
        var stale = new HashMap<String, SortedMap<Long, Long>>();
        changes.forEach((conversationId, index) -> {
            var held = new TreeMap<>(index.stale());
            held.keySet()
                    .removeIf(sequence -> store.messages(conversationId, sequence - 1, sequence)
                            .isEmpty());
            if (!held.isEmpty()) {
                stale.put(conversationId, held);
            }
        });
        return stale;
    }

    private Stale() {}
}
