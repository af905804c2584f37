package im.magpie.store.message;

import static im.magpie.store.message.MessageRow.CLUSTERED;
import static java.util.Objects.requireNonNull;

import im.magpie.store.barrier.BarrierMapper;
import im.magpie.store.barrier.BarrierRow;
import im.magpie.store.change.Change;
import im.magpie.store.change.ChangeReader;
import im.magpie.store.change.Changes;
import im.magpie.store.conversation.ConversationKeys;
import im.magpie.store.conversation.ConversationMapper;
import im.magpie.store.conversation.ConversationRef;
import im.magpie.store.conversation.ConversationRow;
import im.magpie.store.message.StoreItem.EpochBarrier;
import im.magpie.store.message.StoreItem.Message;
import im.magpie.store.message.StoreItem.Said;
import im.magpie.store.room.RoomMessageMapper;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Gatherers;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Writes a batch in one transaction, which commits all of it or nothing. Safe for use by many threads. */
@Component
class BatchTransaction {

    /** Whole ones are all alike, so the database has them prepared. */
    private static final int ROWS_PER_STATEMENT = 500;

    private final ConversationKeys keys;
    private final ConversationMapper conversations;
    private final MessageMapper messages;
    private final Changes changes;
    private final RoomMessageMapper rooms;
    private final BarrierMapper barriers;
    private final TransactionOperations transactions;
    private final Clock clock;

    BatchTransaction(
            ConversationKeys keys,
            ConversationMapper conversations,
            MessageMapper messages,
            Changes changes,
            RoomMessageMapper rooms,
            BarrierMapper barriers,
            TransactionOperations transactions,
            Clock clock) {
        this.keys = keys;
        this.conversations = conversations;
        this.messages = messages;
        this.changes = changes;
        this.rooms = rooms;
        this.barriers = barriers;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Commits the batch.
     *
     * @param compare whether to look first what is there; without it a message that is there fails the batch with a duplicate key
     * @throws SequenceConflictException only when it compares
     */
    WriteOutcome commit(List<StoreItem> items, boolean compare) {
        var refs = new TreeSet<ConversationRef>();
        items.forEach(item -> {
            if (item instanceof Message message) {
                refs.add(message.conversation());
            }
        });
        var known = keys.findOrCreate(refs);
        return requireNonNull(transactions.execute(_ -> new Attempt(known).write(items, compare)));
    }

    /** The work inside one transaction. */
    private final class Attempt {

        private final Map<ConversationRef, Long> keys;
        private final WriteOutcome outcome = WriteOutcome.empty();
        private final List<Message> current = new ArrayList<>();
        private final List<Message> late = new ArrayList<>();
        private final List<MessageRow> inserts = new ArrayList<>();
        private final List<MessageRow> fills = new ArrayList<>();

        Attempt(Map<ConversationRef, Long> keys) {
            this.keys = keys;
        }

        WriteOutcome write(List<StoreItem> items, boolean compare) {
            var passed = sort(items);
            decideCurrent(compare);
            decideLate();
            inserts.sort(CLUSTERED);
            inserts.stream().gather(Gatherers.windowFixed(ROWS_PER_STATEMENT)).forEach(this::insert);
            fills.forEach(messages::fill);
            changes.make(changes());
            heads(outcome.committed()).forEach(conversations::raise);
            outcome.said().forEach(said -> rooms.insert(said.toRow()));
            passed.forEach((partition, epoch) -> barriers.raise(new BarrierRow(partition, epoch, clock.millis())));
            messages.flush();
            return outcome;
        }

        /** Those whose rows were there already too: nobody knows whether they had been read from the dead letters. */
        private List<Change> changes() {
            return outcome.committed().stream()
                    .filter(message -> !message.placeholder())
                    .flatMap(message -> ChangeReader.of(message.accepted(), key(message)).stream())
                    .toList();
        }

        private void insert(List<MessageRow> rows) {
            rows.forEach(messages::insert);
            messages.flush();
        }

        /** Tells current messages from late ones; returns the epochs of the barriers between them. */
        private Map<Integer, Long> sort(List<StoreItem> items) {
            var epochs = new HashMap<Integer, Long>();
            var partitions = new TreeSet<Integer>();
            items.forEach(item -> partitions.add(item.partition()));
            barriers.lock(partitions).forEach(row -> epochs.put(row.partitionNumber(), row.epoch()));
            var passed = new TreeMap<Integer, Long>();
            for (var item : items) {
                switch (item) {
                    case EpochBarrier(int partition, long epoch) -> {
                        epochs.merge(partition, epoch, Math::max);
                        passed.merge(partition, epoch, Math::max);
                    }
                    case Said said -> outcome.said().add(said);
                    case Message message -> {
                        var isLate = message.accepted().getEpoch() < epochs.getOrDefault(message.partition(), 0L);
                        (isLate ? late : current).add(message);
                    }
                }
            }
            return passed;
        }

        private void decideCurrent(boolean compare) {
            outcome.committed().addAll(current);
            if (!compare) {
                inserts.addAll(rows(current));
                return;
            }
            var stored = StoredMessages.about(rows(current), messages);
            for (var message : current) {
                var row = row(message);
                switch (stored.relationOf(row)) {
                    case STORED -> {}
                    case VACANT -> fills.add(row);
                    case CONFLICTING ->
                        throw new SequenceConflictException(message, requireNonNull(stored.nearest(row)));
                    case NEW -> {
                        inserts.add(row);
                        stored.add(row);
                    }
                }
            }
        }

        /** A late message is settled only if it is the very one that is stored; whatever else lies in its place is right to. */
        private void decideLate() {
            if (late.isEmpty()) {
                return;
            }
            var stored = StoredMessages.about(rows(late), messages);
            rows(current).forEach(stored::add);
            for (var message : late) {
                var row = row(message);
                switch (stored.relationOf(row)) {
                    case STORED -> {}
                    case VACANT -> fills.add(row);
                    case NEW, CONFLICTING -> outcome.stale().add(message);
                }
            }
        }

        private List<MessageRow> rows(Collection<Message> messages) {
            return messages.stream().map(this::row).toList();
        }

        private MessageRow row(Message message) {
            return message.toRow(key(message));
        }

        private long key(Message message) {
            return requireNonNull(keys.get(message.conversation()));
        }

        /** Returns the newest position of each conversation, in the order of their keys. */
        private Collection<ConversationRow> heads(Collection<Message> messages) {
            var heads = new TreeMap<Long, ConversationRow>();
            for (var message : messages) {
                long key = key(message);
                heads.merge(key, ConversationRow.after(message.accepted(), key), ConversationRow::raisedBy);
            }
            return heads.values();
        }
    }
}
