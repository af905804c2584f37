package im.magpie.store.history;

import im.magpie.common.broker.AcceptedMessage;
import im.magpie.common.rpc.HistoryPage;
import im.magpie.common.rpc.HistoryRange;
import im.magpie.store.message.MessageMapper;
import im.magpie.store.message.MessageRow;
import org.springframework.stereotype.Component;

/** Reads the messages of a range. Safe for use by many threads. */
@Component
final class PageReader {

    /** Bounds the memory that messages take which do not fit into the answer any more. */
    private static final int ROWS_PER_QUERY = 100;

    private final MessageMapper messages;

    PageReader(MessageMapper messages) {
        this.messages = messages;
    }

    /** Returns the lowest messages of the range, as many as it asks for and the budget admits. */
    HistoryPage read(long conversationKey, HistoryRange range, PullBudget budget) {
        var page = HistoryPage.newBuilder();
        long after = range.getAfterSequence();
        while (page.getMessagesCount() < range.getLimit()) {
            int wanted = Math.min(range.getLimit() - page.getMessagesCount(), ROWS_PER_QUERY);
            int limit = Math.min(wanted, budget.messages());
            if (limit == 0) {
                return page.setCompleteTo(after).build();
            }
            var rows = messages.range(conversationKey, after, range.getToSequence(), limit);
            for (var row : rows) {
                if (!budget.admits(row)) {
                    return page.setCompleteTo(after).build();
                }
                page.addMessages(accepted(row, range));
                after = row.sequence();
            }
            if (rows.size() < limit) {
                return page.setCompleteTo(range.getToSequence()).build();
            }
        }
        return page.setCompleteTo(after).build();
    }

    private static AcceptedMessage accepted(MessageRow row, HistoryRange range) {
        var message = AcceptedMessage.newBuilder()
                .setAppId(range.getAppId())
                .setConversationId(range.getConversationId())
                .setSequence(row.sequence())
                .setOrdinal(row.ordinal())
                .setSenderId(row.senderId())
                .setClientMessageId(row.clientMessageId())
                .setServerTime(row.serverTime())
                .setEpoch(row.epoch());
        if (row.content() != null) {
            message.setContent(row.content());
        }
        return message.build();
    }
}
