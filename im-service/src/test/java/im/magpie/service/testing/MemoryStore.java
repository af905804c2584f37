package im.magpie.service.testing;

import static java.util.Objects.requireNonNull;

import im.magpie.common.broker.AcceptedMessage;
import im.magpie.common.rpc.BarrierAnswer;
import im.magpie.common.rpc.BarrierQuery;
import im.magpie.common.rpc.ConversationHead;
import im.magpie.common.rpc.ConversationName;
import im.magpie.common.rpc.HeadsAnswer;
import im.magpie.common.rpc.HeadsQuery;
import im.magpie.common.rpc.HistoryAnswer;
import im.magpie.common.rpc.HistoryPage;
import im.magpie.common.rpc.HistoryQuery;
import im.magpie.common.rpc.HistoryRange;
import im.magpie.common.rpc.LookupAnswer;
import im.magpie.common.rpc.LookupQuery;
import im.magpie.common.rpc.MessageHistory;
import im.magpie.common.rpc.MessageName;
import im.magpie.common.rpc.StoredPosition;
import im.magpie.service.epoch.BarrierPublisher;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.dubbo.rpc.RpcException;

/**
 * A store queue and a store of messages, by their rules: rows behind a barrier of a later epoch go back, and what must never happen (a number
 * or a name given out twice) is an error. Safe for use by many threads.
 */
public final class MemoryStore implements MessageHistory, BarrierPublisher {

    private record Queued(int partition, long barrier, AcceptedMessage message) {}

    private final Deque<Queued> queue = new ArrayDeque<>();
    private final Map<Integer, Long> barriers = new HashMap<>();
    private final Map<ConversationName, NavigableMap<Long, AcceptedMessage>> rows = new HashMap<>();
    private final Map<MessageName, AcceptedMessage> names = new HashMap<>();
    private final Map<ConversationName, AcceptedMessage> outlived = new HashMap<>();
    private final List<AcceptedMessage> returned = new ArrayList<>();
    private final MemoryRooms rooms = new MemoryRooms();
    private boolean prompt = true;
    private boolean down;
    private int lookups;

    /** A prompt store commits a barrier, and all before it, as soon as it is published; the others wait for {@link #commit}. */
    public synchronized void prompt(boolean prompt) {
        this.prompt = prompt;
    }

    /** A store that is down answers no call. */
    public synchronized void down(boolean down) {
        this.down = down;
    }

    /** Returns what it stores of rooms. */
    public MemoryRooms rooms() {
        return rooms;
    }

    /** Puts a message into the store queue. */
    public synchronized void publish(int partition, AcceptedMessage message) {
        queue.add(new Queued(partition, 0, message));
    }

    @Override
    public synchronized void publish(int partition, long epoch) {
        queue.add(new Queued(partition, epoch, AcceptedMessage.getDefaultInstance()));
        if (prompt) {
            commit(Integer.MAX_VALUE);
        }
    }

    /** Commits what comes next in the queue, and returns what is to be reported. */
    public synchronized List<AcceptedMessage> commit(int limit) {
        var committed = new ArrayList<AcceptedMessage>();
        for (var i = 0; i < limit && !queue.isEmpty(); i++) {
            var next = queue.remove();
            if (next.barrier() > 0) {
                barriers.merge(next.partition(), next.barrier(), Math::max);
            } else if (next.message().getEpoch() < barriers.getOrDefault(next.partition(), 0L)) {
                returned.add(next.message());
            } else {
                store(next.message());
                committed.add(next.message());
            }
        }
        return committed;
    }

    /** Returns, once, the messages that came behind a later epoch's barrier. */
    public synchronized List<AcceptedMessage> returned() {
        var all = List.copyOf(returned);
        returned.clear();
        return all;
    }

    /** Puts a row into the table as if it had always been there. */
    public synchronized void store(AcceptedMessage message) {
        var conversation = rows.computeIfAbsent(conversationOf(message), _ -> new TreeMap<>());
        var sameNumber = conversation.putIfAbsent(message.getSequence(), message);
        if (sameNumber != null && !nameOf(sameNumber).equals(nameOf(message))) {
            throw new AssertionError("one number for two messages: " + sameNumber + " and " + message);
        }
        var sameName = names.putIfAbsent(nameOf(message), message);
        if (sameName != null && sameName.getSequence() != message.getSequence()) {
            throw new AssertionError("one message with two numbers: " + sameName + " and " + message);
        }
    }

    /** Returns the rows of a conversation by their sequences. */
    public synchronized NavigableMap<Long, AcceptedMessage> rows(String appId, String conversationId) {
        var name = ConversationName.newBuilder()
                .setAppId(appId)
                .setConversationId(conversationId)
                .build();
        return new TreeMap<>(rows.getOrDefault(name, new TreeMap<>()));
    }

    /** Deletes a conversation's rows up to a sequence, which must not be the last one, because they have outlived their retention. */
    public synchronized void outlive(String appId, String conversationId, long to) {
        var name = ConversationName.newBuilder()
                .setAppId(appId)
                .setConversationId(conversationId)
                .build();
        var gone = requireNonNull(rows.get(name)).headMap(to, true);
        outlived.put(name, gone.lastEntry().getValue());
        gone.values().forEach(row -> names.remove(nameOf(row)));
        gone.clear();
    }

    /** Returns how many names were looked up so far. */
    public synchronized int lookups() {
        return lookups;
    }

    private static ConversationName conversationOf(AcceptedMessage message) {
        return ConversationName.newBuilder()
                .setAppId(message.getAppId())
                .setConversationId(message.getConversationId())
                .build();
    }

    private static MessageName nameOf(AcceptedMessage message) {
        return MessageName.newBuilder()
                .setAppId(message.getAppId())
                .setConversationId(message.getConversationId())
                .setSenderId(message.getSenderId())
                .setClientMessageId(message.getClientMessageId())
                .build();
    }

    private void requireUp() {
        if (down) {
            throw new RpcException("the store is down");
        }
    }

    @Override
    public synchronized HeadsAnswer heads(HeadsQuery request) {
        requireUp();
        var answer = HeadsAnswer.newBuilder();
        for (var name : request.getConversationsList()) {
            var conversation = rows.get(name);
            answer.addHeads(conversation == null ? ConversationHead.getDefaultInstance() : head(conversation));
        }
        return answer.build();
    }

    private static ConversationHead head(NavigableMap<Long, AcceptedMessage> conversation) {
        var last = conversation.lastEntry().getValue();
        return ConversationHead.newBuilder()
                .setLastSequence(last.getSequence())
                .setLastOrdinal(last.getOrdinal())
                .setLastTime(last.getServerTime())
                .setShapeVersion(conversation.values().stream()
                        .mapToLong(AcceptedMessage::getShapeVersion)
                        .max()
                        .orElse(0))
                .build();
    }

    @Override
    public synchronized LookupAnswer lookup(LookupQuery request) {
        requireUp();
        var answer = LookupAnswer.newBuilder();
        for (var name : request.getNamesList()) {
            lookups++;
            var row = names.get(name);
            answer.addPositions(
                    row == null
                            ? StoredPosition.newBuilder()
                                    .setMayHaveOutlived(mayHaveOutlived(name))
                                    .build()
                            : StoredPosition.newBuilder()
                                    .setSequence(row.getSequence())
                                    .setOrdinal(row.getOrdinal())
                                    .setServerTime(row.getServerTime())
                                    .build());
        }
        return answer.build();
    }

    private boolean mayHaveOutlived(MessageName name) {
        var last = outlived.get(ConversationName.newBuilder()
                .setAppId(name.getAppId())
                .setConversationId(name.getConversationId())
                .build());
        var idTime = name.getClientMessageId().asReadOnlyByteBuffer().getLong() >>> 16;
        return last != null && idTime <= last.getServerTime() + 600_000;
    }

    @Override
    public synchronized HistoryAnswer pull(HistoryQuery request) {
        requireUp();
        var answer = HistoryAnswer.newBuilder();
        for (var range : request.getRangesList()) {
            answer.addPages(page(range));
        }
        return answer.build();
    }

    private HistoryPage page(HistoryRange range) {
        var all = rows(range.getAppId(), range.getConversationId());
        var changes = new MadeChanges(all.values());
        var messages = all.subMap(range.getAfterSequence(), false, range.getToSequence(), true).values().stream()
                .limit(range.getLimit())
                .toList();
        var cut = messages.size() == range.getLimit();
        var page = HistoryPage.newBuilder();
        for (var message : messages) {
            page.addMessages(changes.current(message)).addAllStates(changes.state(message, range));
        }
        var gone = outlived.get(ConversationName.newBuilder()
                .setAppId(range.getAppId())
                .setConversationId(range.getConversationId())
                .build());
        if (gone != null && range.getAfterSequence() < gone.getSequence()) {
            page.setOutlivedSequence(gone.getSequence()).setOutlivedOrdinal(gone.getOrdinal());
        }
        return page.setCompleteTo(cut ? messages.getLast().getSequence() : range.getToSequence())
                .build();
    }

    @Override
    public synchronized BarrierAnswer committedBarrier(BarrierQuery request) {
        requireUp();
        return BarrierAnswer.newBuilder()
                .setEpoch(barriers.getOrDefault(request.getPartition(), 0L))
                .build();
    }

    @Override
    public CompletableFuture<HeadsAnswer> headsAsync(HeadsQuery request) {
        return CompletableFuture.completedFuture(heads(request));
    }

    @Override
    public CompletableFuture<LookupAnswer> lookupAsync(LookupQuery request) {
        return CompletableFuture.completedFuture(lookup(request));
    }

    @Override
    public CompletableFuture<HistoryAnswer> pullAsync(HistoryQuery request) {
        return CompletableFuture.completedFuture(pull(request));
    }

    @Override
    public CompletableFuture<BarrierAnswer> committedBarrierAsync(BarrierQuery request) {
        return CompletableFuture.completedFuture(committedBarrier(request));
    }
}
