package im.magpie.client.store;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;

/** What a store tells of the messages that it holds in an old state. */
final class Stale {

    /** Leaves out the changes of messages that the store does not hold. */
    static Map<String, SortedMap<Long, Long>> of(Map<String, ChangeIndex> changes, ClientStore store) {
        var stale = new HashMap<String, SortedMap<Long, Long>>();
        changes.forEach((conversationId, index) -> {
            var unseen = index.stale(sequence ->
                    !store.messages(conversationId, sequence - 1, sequence).isEmpty());
            if (!unseen.isEmpty()) {
                stale.put(conversationId, unseen);
            }
        });
        return stale;
    }

    private Stale() {}
}
