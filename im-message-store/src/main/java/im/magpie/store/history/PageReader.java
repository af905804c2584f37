package im.magpie.store.history;

import im.magpie.common.broker.AcceptedMessage;
import im.magpie.common.rpc.HistoryPage;
import im.magpie.common.rpc.HistoryRange;
import im.magpie.store.conversation.ConversationMapper;
import im.magpie.store.message.HistoryRow;
import im.magpie.store.message.MessageMapper;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Reads the messages of a range. Safe for use by many threads. */
@Component
final class PageReader {

    /** Bounds the memory that messages take which do not fit into the answer any more. */
    private static final int ROWS_PER_QUERY = 100;

    private final ConversationMapper conversations;
    private final MessageMapper messages;
    private final StateReader states;

    PageReader(ConversationMapper conversations, MessageMapper messages, StateReader states) {
        this.conversations = conversations;
        this.messages = messages;
        this.states = states;
    }

    /** Returns the lowest messages of the range, as many as it asks for and the budget admits. */
    HistoryPage read(long conversationKey, HistoryRange range, PullBudget budget) {
        var rows = new ArrayList<HistoryRow>();
        var completeTo = read(conversationKey, range, budget, rows);
        var current = states.read(conversationKey, range, rows);
        var page = HistoryPage.newBuilder().setCompleteTo(completeTo).addAllStates(current.states());
        current.rows().forEach(row -> page.addMessages(accepted(row, range)));
        if (current.rows().size() < completeTo - range.getAfterSequence()) {
            conversations
                    .outlived(List.of(conversationKey))
                    .forEach(outlived -> page.setOutlivedSequence(outlived.outlivedSequence())
                            .setOutlivedOrdinal(outlived.outlivedOrdinal()));
        }
        return page.build();
    }

    /** Returns up to where the rows are all there are. */
    private long read(long conversationKey, HistoryRange range, PullBudget budget, List<HistoryRow> into) {
        long after = range.getAfterSequence();
        while (into.size() < range.getLimit()) {
            int wanted = Math.min(range.getLimit() - into.size(), ROWS_PER_QUERY);
            int limit = Math.min(wanted, budget.messages());
            if (limit == 0) {
                return after;
            }
            var rows = messages.range(conversationKey, after, range.getToSequence(), limit);
            for (var row : rows) {
                if (!budget.admits(row)) {
                    return after;
                }
                into.add(row);
                after = row.sequence();
            }
            if (rows.size() < limit) {
                return range.getToSequence();
            }
        }
        return after;
    }

    private static AcceptedMessage accepted(HistoryRow row, HistoryRange range) {
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
