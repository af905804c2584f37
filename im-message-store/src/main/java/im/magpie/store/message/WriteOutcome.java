package im.magpie.store.message;

import java.util.ArrayList;
import java.util.List;

/**
 * What has become of a batch.
 *
 * @param committed has its row, now or since before; a placeholder counts
 * @param stale of an epoch gone by, and without a row
 * @param refused belongs to the dead letters
 */
public record WriteOutcome(List<StoreItem.Message> committed, List<StoreItem.Message> stale, List<Refusal> refused) {

    /** A message that the database does not take, and what it said. */
    public record Refusal(StoreItem.Message message, String reason) {}

    static WriteOutcome empty() {
        return new WriteOutcome(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    void add(WriteOutcome part) {
        committed.addAll(part.committed);
        stale.addAll(part.stale);
        refused.addAll(part.refused);
    }
}
