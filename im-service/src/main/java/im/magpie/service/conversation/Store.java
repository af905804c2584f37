package im.magpie.service.conversation;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import im.magpie.common.rpc.ConversationHead;
import im.magpie.common.rpc.HeadsQuery;
import im.magpie.common.rpc.HistoryPage;
import im.magpie.common.rpc.HistoryQuery;
import im.magpie.common.rpc.HistoryRange;
import im.magpie.common.rpc.LookupQuery;
import im.magpie.common.rpc.MessageHistory;
import im.magpie.common.rpc.StoredPosition;
import java.util.List;
import java.util.function.Supplier;
import org.apache.dubbo.rpc.RpcException;

/** What is asked of the store of conversations. Every call throws {@link MagpieException} UNAVAILABLE when it did not answer. */
public final class Store {

    private static final int SPAN = 200;

    private final MessageHistory history;

    public Store(MessageHistory history) {
        this.history = history;
    }

    /** Returns the newest positions, in the order of the conversations. */
    List<ConversationHead> heads(List<ConversationKey> conversations) {
        var query = HeadsQuery.newBuilder();
        conversations.forEach(conversation -> query.addConversations(conversation.toName()));
        return ask(() -> history.heads(query.build()).getHeadsList());
    }

    /** Returns where messages of these names are stored (sequence 0: nowhere), in their order. */
    public List<StoredPosition> lookup(List<MessageKey> names) {
        var query = LookupQuery.newBuilder();
        names.forEach(name -> query.addNames(name.toName()));
        return ask(() -> history.lookup(query.build()).getPositionsList());
    }

    /**
     * Returns the ordinal at a sequence: the one of the next message below, where it is a number that nobody has. Where everything below has outlived its
     * retention it is the ordinal up to which nothing is left, so that what is unread above it are the messages that can be read.
     */
    long ordinalAt(ConversationKey conversation, long sequence) {
        var span = 1;
        for (var to = sequence; to > 0; to -= span, span = SPAN) {
            var found = below(conversation, Math.max(0, to - span), to);
            if (found.ordinal > 0) {
                return found.ordinal;
            }
            if (found.outlivedSequence >= to - span) {
                return found.outlivedOrdinal;
            }
        }
        return 0;
    }

    /** @param ordinal of the last message of a range, 0 when there is none */
    private record Below(long ordinal, long outlivedSequence, long outlivedOrdinal) {}

    private Below below(ConversationKey conversation, long after, long to) {
        var below = new Below(0, 0, 0);
        for (var from = after; from < to; ) {
            var page = page(conversation, from, to);
            var ordinal = page.getMessagesCount() > 0
                    ? page.getMessages(page.getMessagesCount() - 1).getOrdinal()
                    : below.ordinal;
            below = new Below(
                    ordinal,
                    Math.max(below.outlivedSequence, page.getOutlivedSequence()),
                    Math.max(below.outlivedOrdinal, page.getOutlivedOrdinal()));
            from = Math.max(from + 1, page.getCompleteTo());
        }
        return below;
    }

    private HistoryPage page(ConversationKey conversation, long after, long to) {
        var range = HistoryRange.newBuilder()
                .setAppId(conversation.appId())
                .setConversationId(conversation.conversationId())
                .setAfterSequence(after)
                .setToSequence(to)
                .setLimit(Math.toIntExact(to - after));
        var query = HistoryQuery.newBuilder().addRanges(range).build();
        return ask(() -> history.pull(query).getPages(0));
    }

    private static <T> T ask(Supplier<T> call) {
        try {
            return call.get();
        } catch (RpcException e) {
            throw new MagpieException(ErrorCode.UNAVAILABLE, "the store did not answer", e);
        }
    }
}
