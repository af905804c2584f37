package im.magpie.store.history;

import static java.util.stream.Collectors.groupingBy;

import im.magpie.codec.protocol.Reaction;
import im.magpie.common.rpc.HistoryRange;
import im.magpie.common.rpc.MessageState;
import im.magpie.common.rpc.StoredReaction;
import im.magpie.store.change.ChangeMapper;
import im.magpie.store.change.ReactionCount;
import im.magpie.store.change.ReactionRef;
import im.magpie.store.change.ReactionRow;
import im.magpie.store.message.HistoryRow;
import im.magpie.store.message.MessageMapper;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads messages as changes have left them. Safe for use by many threads. */
@Component
final class StateReader {

    private static final int NAMES_PER_QUERY = 500;

    private final ChangeMapper mapper;
    private final MessageMapper messages;
    private final TransactionTemplate transaction;

    StateReader(ChangeMapper mapper, MessageMapper messages, PlatformTransactionManager transactions) {
        this.mapper = mapper;
        this.messages = messages;
        this.transaction = new TransactionTemplate(transactions);
        transaction.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        transaction.setReadOnly(true);
    }

    /**
     * Messages, and what changes have made of them.
     *
     * @param states of those that were changed, in their order
     */
    record Current(List<HistoryRow> rows, List<MessageState> states) {}

    private record Snapshot(List<HistoryRow> rows, List<ReactionCount> counts, List<ReactionRow> asked) {}

    /**
     * Reads those of the rows that were changed once more, together with their reactions: all of one moment, so that a message shows exactly the changes
     * up to the last one that it names. A row that is gone meanwhile is left out.
     */
    Current read(long conversationKey, HistoryRange range, List<HistoryRow> rows) {
        var changed = rows.stream()
                .filter(row -> row.changedSequence() != null)
                .map(HistoryRow::sequence)
                .toList();
        if (changed.isEmpty()) {
            return new Current(rows, List.of());
        }
        var snapshot = snapshot(conversationKey, range, changed);
        Map<Long, HistoryRow> now = new HashMap<>();
        snapshot.rows().forEach(row -> now.put(row.sequence(), row));
        var counts = snapshot.counts().stream().collect(groupingBy(ReactionCount::sequence));
        var asked = snapshot.asked().stream().collect(groupingBy(ReactionRow::sequence));
        var states = changed.stream()
                .flatMap(sequence -> Stream.ofNullable(now.get(sequence)))
                .map(row -> state(
                        row,
                        counts.getOrDefault(row.sequence(), List.of()),
                        asked.getOrDefault(row.sequence(), List.of())))
                .toList();
        var current = rows.stream()
                .flatMap(row ->
                        row.changedSequence() == null ? Stream.of(row) : Stream.ofNullable(now.get(row.sequence())))
                .toList();
        return new Current(current, states);
    }

    private Snapshot snapshot(long conversationKey, HistoryRange range, List<Long> sequences) {
        var names = range.getReactionsList().stream()
                .filter(name -> sequences.contains(name.getSequence()))
                .map(name -> new ReactionRef(name.getSequence(), name.getUserId(), name.getEmoji()))
                .toList();
        return Objects.requireNonNull(transaction.execute(_ -> new Snapshot(
                messages.among(conversationKey, sequences),
                mapper.counts(conversationKey, sequences, range.getReaderId()),
                rows(conversationKey, names))));
    }

    private List<ReactionRow> rows(long conversationKey, List<ReactionRef> names) {
        return names.stream()
                .gather(Gatherers.windowFixed(NAMES_PER_QUERY))
                .flatMap(some -> mapper.reactions(conversationKey, some).stream())
                .toList();
    }

    private static MessageState state(HistoryRow row, List<ReactionCount> counts, List<ReactionRow> asked) {
        var state = MessageState.newBuilder()
                .setSequence(row.sequence())
                .setChangedSequence(orZero(row.changedSequence()))
                .setEditSequence(orZero(row.editSequence()))
                .setRecalled(Boolean.TRUE.equals(row.recalled()));
        counts.forEach(count -> state.addReactions(Reaction.newBuilder()
                .setEmoji(count.emoji())
                .setCount(count.users())
                .setMine(count.mine())));
        asked.forEach(reaction -> state.addAsked(StoredReaction.newBuilder()
                .setUserId(reaction.userId())
                .setEmoji(reaction.emoji())
                .setChangedSequence(reaction.changedSequence())
                .setRemoved(reaction.removed())));
        return state.build();
    }

    private static long orZero(@Nullable Long sequence) {
        return sequence == null ? 0 : sequence;
    }
}
