package im.magpie.store.message;

import im.magpie.store.message.StoreItem.EpochBarrier;
import im.magpie.store.message.StoreItem.Message;
import im.magpie.store.message.StoreItem.Said;
import im.magpie.store.message.WriteOutcome.Refusal;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Writes batches so that it may be repeated at any time: what is stored already is a success. Safe for use by many threads, but a
 * queue's batches must come one after the other.
 */
@Component
public class BatchWriter {

    private final BatchTransaction transaction;

    BatchWriter(BatchTransaction transaction) {
        this.transaction = transaction;
    }

    /**
     * Commits everything the database takes, in the order of the items, in one transaction as long as it refuses nothing.
     *
     * @throws SequenceConflictException when the batch and the table disagree about a number
     * @throws RuntimeException when the database can't work now: the same call again completes what is missing
     */
    public WriteOutcome write(List<StoreItem> items) {
        if (items.isEmpty()) {
            return WriteOutcome.empty();
        }
        try {
            return commit(items);
        } catch (RuntimeException e) {
            var refusal = SqlFault.refusal(e);
            if (refusal == null) {
                throw e;
            }
            return items.size() > 1 ? writeHalves(items) : bury(items.getFirst(), refusal, e);
        }
    }

    /** Comparing every batch with the table would cost reads that only a repeated delivery needs. */
    private WriteOutcome commit(List<StoreItem> items) {
        try {
            return transaction.commit(items, false);
        } catch (RuntimeException e) {
            if (!SqlFault.isDuplicate(e)) {
                throw e;
            }
            return transaction.commit(items, true);
        }
    }

    /** Closes in on the value that was refused. */
    private WriteOutcome writeHalves(List<StoreItem> items) {
        int middle = items.size() / 2;
        var outcome = WriteOutcome.empty();
        outcome.add(write(items.subList(0, middle)));
        outcome.add(write(items.subList(middle, items.size())));
        return outcome;
    }

    private WriteOutcome bury(StoreItem item, String refusal, RuntimeException failure) {
        return switch (item) {
            case EpochBarrier _ -> throw failure;
            case Message message
            when message.placeholder() ->
                // Even its name or number is refused: nothing can keep its place, and nothing will ask for it.
                new WriteOutcome(
                        new ArrayList<>(List.of(message)), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            case Said said -> {
                // Nothing asks for its place.
                var outcome = WriteOutcome.empty();
                outcome.refused().add(new Refusal(said, refusal));
                yield outcome;
            }
            case Message message -> {
                var outcome = write(List.of(message.asPlaceholder()));
                outcome.refused().add(new Refusal(message, refusal));
                yield outcome;
            }
        };
    }
}
