package im.magpie.service.timeline;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.broker.AcceptedMessage;
import im.magpie.common.error.MagpieException;
import im.magpie.common.rpc.HistoryPage;
import im.magpie.common.rpc.HistoryQuery;
import im.magpie.common.rpc.HistoryRange;
import im.magpie.common.rpc.HistoryRangeOrBuilder;
import im.magpie.common.rpc.MessageHistory;
import im.magpie.common.rpc.MessageState;
import im.magpie.common.rpc.ReactionName;
import im.magpie.service.conversation.WindowPage;
import im.magpie.service.conversation.WindowRange;
import im.magpie.service.message.ChatMessages;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.dubbo.rpc.RpcException;

/** Fetches from the store what the windows did not have. */
public final class StoredRanges {

    private final MessageHistory history;

    public StoredRanges(MessageHistory history) {
        this.history = history;
    }

    /**
     * The messages of a page by their sequences.
     *
     * @param states what changes have made of messages of the store
     * @param outlived up to where the conversation has outlived its retention, as far as the store has said so
     */
    record Found(SortedMap<Long, AcceptedMessage> messages, Map<Long, MessageState> states, AtomicLong outlived) {

        Found() {
            this(new TreeMap<>(), new HashMap<>(), new AtomicLong());
        }

        long outlivedSequence() {
            return outlived.get();
        }

        /** Drops the messages that are older than this, unix milliseconds. Server times never fall within a conversation. */
        void dropBefore(long time) {
            var oldest = messages.values().iterator();
            while (oldest.hasNext() && oldest.next().getServerTime() < time) {
                oldest.remove();
            }
        }

        void add(HistoryPage page) {
            page.getMessagesList().forEach(message -> messages.put(message.getSequence(), message));
            page.getStatesList().forEach(state -> states.put(state.getSequence(), state));
            outlived.accumulateAndGet(page.getOutlivedSequence(), Math::max);
        }
    }

    /**
     * Returns the messages of each page, those of the store added. What is missing then will never exist.
     *
     * @throws MagpieException UNAVAILABLE when the store did not answer
     */
    List<Found> fill(String readerId, List<WindowRange> windows, List<WindowPage> pages) {
        var all = new ArrayList<Found>();
        var runs = new ArrayList<Run>();
        for (var i = 0; i < pages.size(); i++) {
            var page = pages.get(i);
            var found = new Found();
            page.messages().forEach(message -> found.messages().put(message.getSequence(), message));
            all.add(found);
            for (var run : missing(windows.get(i), page, found.messages())) {
                runs.add(new Run(
                        run.setReaderId(readerId)
                                .addAllReactions(reactions(page.changes(), run))
                                .build(),
                        found));
            }
        }
        fetch(runs);
        return all;
    }

    /** Returns what has to be known of stored reactions, so that changes of them which the store may not have made are counted right. */
    private static List<ReactionName> reactions(List<AcceptedMessage> changes, HistoryRangeOrBuilder run) {
        return changes.stream()
                .filter(change ->
                        change.getTarget() > run.getAfterSequence() && change.getTarget() <= run.getToSequence())
                .flatMap(change -> ChatMessages.reaction(change).stream())
                .distinct()
                .toList();
    }

    /** The store bounds its answers: what one leaves out is asked for again. */
    private void fetch(List<Run> runs) {
        var left = runs;
        while (!left.isEmpty()) {
            var asked = left;
            var pages = pull(asked.stream().map(Run::range).toList());
            left = new ArrayList<>();
            for (var i = 0; i < pages.size(); i++) {
                var run = asked.get(i);
                run.into().add(pages.get(i));
                if (pages.get(i).getCompleteTo() < run.range().getToSequence()) {
                    left.add(new Run(rest(run.range(), pages.get(i).getCompleteTo()), run.into()));
                }
            }
            if (left.equals(asked)) {
                throw new MagpieException(ErrorCode.INTERNAL, "the message store answers nothing of what it was asked");
            }
        }
    }

    /** Sequences that a page lacks, and where its messages belong. */
    private record Run(HistoryRange range, Found into) {}

    private static HistoryRange rest(HistoryRange range, long completeTo) {
        return range.toBuilder()
                .setAfterSequence(completeTo)
                .setLimit((int) (range.getToSequence() - completeTo))
                .build();
    }

    private List<HistoryPage> pull(List<HistoryRange> ranges) {
        try {
            return history.pull(HistoryQuery.newBuilder().addAllRanges(ranges).build())
                    .getPagesList();
        } catch (RpcException e) {
            throw new MagpieException(ErrorCode.UNAVAILABLE, "the message store did not answer", e);
        }
    }

    /** Returns the runs of sequences that a page covers and the window did not have. */
    private static List<HistoryRange.Builder> missing(
            WindowRange window, WindowPage page, SortedMap<Long, AcceptedMessage> found) {
        var runs = new ArrayList<HistoryRange.Builder>();
        var after = window.after();
        for (var sequence : found.keySet()) {
            if (sequence > after + 1) {
                runs.add(run(window, after, sequence - 1));
            }
            after = sequence;
        }
        if (page.to() > after) {
            runs.add(run(window, after, page.to()));
        }
        return runs;
    }

    private static HistoryRange.Builder run(WindowRange window, long after, long to) {
        return HistoryRange.newBuilder()
                .setAppId(window.conversation().appId())
                .setConversationId(window.conversation().conversationId())
                .setAfterSequence(after)
                .setToSequence(to)
                .setLimit((int) (to - after));
    }
}
