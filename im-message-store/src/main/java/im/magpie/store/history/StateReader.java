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
import java.util.List;
import java.util.Objects;
import java.util.stream.Gatherers;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads what changes have made of messages. Safe for use by many threads. */
@Component
final class StateReader {

    private static final int NAMES_PER_QUERY = 500;

    private final ChangeMapper mapper;
    private final TransactionTemplate snapshot;

    StateReader(ChangeMapper mapper, PlatformTransactionManager transactions) {
        this.mapper = mapper;
        this.snapshot = new TransactionTemplate(transactions);
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        snapshot.setReadOnly(true);
    }

    private record Reactions(List<ReactionCount> counts, List<ReactionRow> asked) {}

    /** Returns a state for each of the rows that were changed, in their order. */
    List<MessageState> read(long conversationKey, HistoryRange range, List<HistoryRow> rows) {
        var changed = rows.stream().filter(row -> row.changedSequence() != null).toList();
        if (changed.isEmpty()) {
            return List.of();
        }
        var reactions = reactions(conversationKey, range, changed);
        var counts = reactions.counts().stream().collect(groupingBy(ReactionCount::sequence));
        var asked = reactions.asked().stream().collect(groupingBy(ReactionRow::sequence));
        return changed.stream()
                .map(row -> state(
                        row,
                        counts.getOrDefault(row.sequence(), List.of()),
                        asked.getOrDefault(row.sequence(), List.of())))
                .toList();
    }

    /** Of one moment, so that a reaction that is counted is also among those that were asked for. */
    private Reactions reactions(long conversationKey, HistoryRange range, List<HistoryRow> changed) {
        var sequences = changed.stream().map(HistoryRow::sequence).toList();
        var names = range.getReactionsList().stream()
                .filter(name -> sequences.contains(name.getSequence()))
                .map(name -> new ReactionRef(name.getSequence(), name.getUserId(), name.getEmoji()))
                .toList();
        return Objects.requireNonNull(snapshot.execute(_ -> new Reactions(
                mapper.counts(conversationKey, sequences, range.getReaderId()), rows(conversationKey, names))));
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
