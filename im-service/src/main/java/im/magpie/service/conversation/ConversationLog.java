package im.magpie.service.conversation;

import im.magpie.common.partition.Partitions;
import im.magpie.common.rpc.MessageHistory;
import im.magpie.service.epoch.Epochs;
import im.magpie.service.epoch.Partition;
import im.magpie.service.epoch.PartitionScripts;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The conversations' way through Redis. Every call may be of any size (it is cut into scripts of at most 1,000 entries) and may be
 * repeated. Blocks; meant for virtual threads; safe for use by many.
 *
 * <p>The calls that name a partition and an epoch are about messages that were accepted (or claimed) in that epoch; they throw
 * {@link im.magpie.service.epoch.StaleEpochException} when it is over and then have nothing more to say about those messages. All calls
 * but {@link #accept} throw {@link im.magpie.common.error.MagpieException} UNAVAILABLE when Redis or the store did not answer.
 */
public final class ConversationLog {

    private final Partitions partitions;
    private final AcceptCall.Steps accepting;
    private final PositionScripts positions;
    private final PendingRecords pending;
    private final Tidying tidying;
    private final Windows windows;
    private final KnownNames names;
    private final Store store;
    private final ByPartition byPartition = new ByPartition(Executors.newVirtualThreadPerTaskExecutor());

    /** @param preparation of conversations that become readable by being loaded */
    public ConversationLog(
            Partitions partitions,
            Epochs epochs,
            PartitionScripts scripts,
            MessageHistory history,
            Preparation preparation,
            ConversationSettings settings) {
        this.partitions = partitions;
        this.store = new Store(history);
        this.positions = new PositionScripts(scripts);
        this.pending = new PendingRecords(scripts);
        this.tidying = new Tidying(scripts);
        var heads = new HeadLoader(scripts, store, preparation);
        this.windows = new Windows(scripts, heads);
        this.names = new KnownNames(scripts, heads, store);
        this.accepting = new AcceptCall.Steps(
                epochs,
                new AcceptScript(scripts, settings.maxUncommittedOf(partitions)),
                heads,
                new NameLookup(store, positions));
    }

    /** Returns the conversation partition that the other calls want. */
    public int partitionOf(ConversationKey conversation) {
        return partitions.ofConversation(conversation.appId(), conversation.conversationId());
    }

    /**
     * Gives messages their places, in the order of the offers within each conversation. Never throws for want of Redis or the store; what it throws is a
     * fault of ours in one of the offers or in its conversation, and then any of them may have been accepted.
     */
    public List<Acceptance> accept(List<Offer> offers) {
        return byPartition.ask(
                offers,
                offer -> partition(offer.conversation()),
                (partition, group) -> new AcceptCall(partition, group, accepting).run());
    }

    /**
     * Returns those of the messages that were accepted before, settled or not: what {@link #accept} would answer {@link Acceptance.Duplicate} for. It
     * costs a script for each partition, and a look-up for names that Redis may have forgotten.
     */
    public Set<MessageKey> acceptedBefore(Collection<MessageKey> messages) {
        if (messages.isEmpty()) {
            return Set.of();
        }
        var distinct = List.copyOf(new LinkedHashSet<>(messages));
        var known = byPartition.ask(distinct, message -> partition(message.conversation()), names::known);
        return IntStream.range(0, distinct.size())
                .filter(known::get)
                .mapToObj(distinct::get)
                .collect(Collectors.toSet());
    }

    /** Moves the confirmed positions over messages whose store envelope the broker has confirmed. Answers in the order of the call. */
    public List<Confirmation> confirm(int partition, long epoch, List<Position> messages) {
        return positions.confirm(Partition.ofConversations(partition), epoch, messages);
    }

    /** Ends the pending records of messages that are confirmed and raised in their members' indexes; passes over unconfirmed ones. */
    public void finish(int partition, long epoch, List<Position> messages) {
        positions.finish(Partition.ofConversations(partition), epoch, messages);
    }

    /** Tells of each message whether it is confirmed and finished, so that it may be acknowledged. In the order of the call. */
    public List<Boolean> settled(int partition, long epoch, List<Position> messages) {
        return positions.settled(Partition.ofConversations(partition), epoch, messages);
    }

    /** Returns up to limit (at most 1,000) pending messages that are due, and moves their due times. */
    public Claim claim(int partition, int limit) {
        return pending.claim(Partition.ofConversations(partition), limit);
    }

    /** Returns those of the messages at these positions that are still pending. */
    public Map<Position, PendingMessage> pending(int partition, long epoch, List<Position> messages) {
        return pending.at(Partition.ofConversations(partition), epoch, messages);
    }

    /** Takes note of what MySQL has committed: it may leave Redis. The positions' ordinals don't matter. */
    public void committed(int partition, long epoch, List<Position> messages) {
        positions.committed(Partition.ofConversations(partition), epoch, messages);
    }

    /**
     * Drops dedupe marks that have served, and conversations that were not used for an hour. Bounded; for the sweeper, every few seconds.
     *
     * @return whether there was more to do than one call does
     */
    public boolean tidy(int partition) {
        return tidying.tidy(Partition.ofConversations(partition));
    }

    /** Returns how far a conversation can be read. */
    public Head head(ConversationKey conversation) {
        return heads(List.of(conversation)).getOrDefault(conversation, new Head(0, 0));
    }

    /** Returns how far each conversation can be read. */
    public Map<ConversationKey, Head> heads(Collection<ConversationKey> conversations) {
        var distinct = List.copyOf(new LinkedHashSet<>(conversations));
        var answers = byPartition.ask(distinct, this::partition, windows::heads);
        var heads = HashMap.<ConversationKey, Head>newHashMap(distinct.size());
        for (var i = 0; i < distinct.size(); i++) {
            heads.put(distinct.get(i), answers.get(i));
        }
        return heads;
    }

    /** Returns what the window has of each range, in the order of the call. */
    public List<WindowPage> read(List<WindowRange> ranges) {
        return byPartition.ask(ranges, range -> partition(range.conversation()), windows::read);
    }

    /** Returns the ordinal at a sequence, or at the head where the sequence is above it; from the window or else from the store. */
    public long ordinalAt(ConversationKey conversation, long sequence) {
        if (sequence <= 0) {
            return 0;
        }
        var page = read(List.of(new WindowRange(conversation, sequence - 1, sequence, 1)))
                .getFirst();
        if (sequence >= page.head().sequence()) {
            return page.head().ordinal();
        }
        return page.messages().isEmpty()
                ? store.ordinalAt(conversation, sequence)
                : page.messages().getFirst().getOrdinal();
    }

    private Partition partition(ConversationKey conversation) {
        return Partition.ofConversations(partitionOf(conversation));
    }
}
