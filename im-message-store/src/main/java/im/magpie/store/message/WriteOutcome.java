package im.magpie.store.message;

import java.util.ArrayList;
import java.util.List;

/**
 * What has become of a batch.
 *
 * @param committed has its row, now or since before; a placeholder counts
 * @param stale of an epoch gone by, and without a row
 * @param said has its row, or another of its name has
 * @param refused belongs to the dead letters
 */
public record WriteOutcome(
        List<StoreItem.Message> committed,
        List<StoreItem.Message> stale,
        List<StoreItem.Said> said,
        List<Refusal> refused) {

    /** What the database does not take, and what it said: a message, or what a room keeps. */
    public record Refusal(StoreItem item, String reason) {}

    static WriteOutcome empty() {
        return new WriteOutcome(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    void add(WriteOutcome part) {
        committed.addAll(part.committed);
        stale.addAll(part.stale);
        said.addAll(part.said);
        refused.addAll(part.refused);
    }
}
