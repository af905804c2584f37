package im.magpie.store.history;

import im.magpie.store.StoreProperties;
import im.magpie.store.message.HistoryRow;

/** What the answer to one call may still hold. A first message always fits, or a large one could never be read. */
final class PullBudget {

    private int messages;
    private long bytes;
    private boolean untouched = true;

    PullBudget(StoreProperties.Pull limits) {
        this.messages = limits.messages();
        this.bytes = limits.bytes().toBytes();
    }

    int messages() {
        return messages;
    }

    /** Takes the message's share; returns false, taking nothing, when it does not fit. */
    boolean admits(HistoryRow row) {
        int size = row.content() == null ? 0 : row.content().size();
        if (messages < 1 || (bytes < size && !untouched)) {
            return false;
        }
        messages--;
        bytes -= size;
        untouched = false;
        return true;
    }
}
