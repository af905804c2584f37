package im.magpie.service.timeline;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.broker.AcceptedMessage;
import im.magpie.common.error.MagpieException;
import im.magpie.common.rpc.HistoryPage;
import im.magpie.common.rpc.HistoryQuery;
import im.magpie.common.rpc.HistoryRange;
import im.magpie.common.rpc.MessageHistory;
import im.magpie.service.conversation.WindowPage;
import im.magpie.service.conversation.WindowRange;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.dubbo.rpc.RpcException;

/** Fetches from the store what the windows did not have. */
public final class StoredRanges {

    private final MessageHistory history;

    public StoredRanges(MessageHistory history) {
        this.history = history;
    }

    /**
     * Returns the messages of each page by their sequences, those of the store added. What is missing then will never exist.
     *
     * @throws MagpieException UNAVAILABLE when the store did not answer
     */
    List<SortedMap<Long, AcceptedMessage>> fill(List<WindowRange> windows, List<WindowPage> pages) {
        var messages = new ArrayList<SortedMap<Long, AcceptedMessage>>();
        var runs = new ArrayList<Run>();
        for (var i = 0; i < pages.size(); i++) {
            var found = new TreeMap<Long, AcceptedMessage>();
            pages.get(i).messages().forEach(message -> found.put(message.getSequence(), message));
            messages.add(found);
            for (var range : missing(windows.get(i), pages.get(i), found)) {
                runs.add(new Run(range, found));
            }
        }
        fetch(runs);
        return messages;
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
                pages.get(i).getMessagesList().forEach(message -> run.into().put(message.getSequence(), message));
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
    private record Run(HistoryRange range, SortedMap<Long, AcceptedMessage> into) {}

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
    private static List<HistoryRange> missing(
            WindowRange window, WindowPage page, SortedMap<Long, AcceptedMessage> found) {
        var runs = new ArrayList<HistoryRange>();
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

    private static HistoryRange run(WindowRange window, long after, long to) {
        return HistoryRange.newBuilder()
                .setAppId(window.conversation().appId())
                .setConversationId(window.conversation().conversationId())
                .setAfterSequence(after)
                .setToSequence(to)
                .setLimit((int) (to - after))
                .build();
    }
}
