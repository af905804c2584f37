package im.magpie.store.retention;

import im.magpie.common.database.Turn;
import im.magpie.store.StoreProperties;
import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Deletes a conversation's oldest messages with their reactions, a bounded batch of rows a transaction. It may end anywhere, and be done again: what is
 * noted of a conversation changes in the transaction that deletes its messages.
 *
 * <p>Reactions go in transactions of their own before their messages, since whoever makes changes locks both by turns. One that is made meanwhile is of a
 * message that is gone; it is found when the conversation is looked at again.
 */
@Component
final class Outlived {

    private final RetentionMapper mapper;
    private final Turn turn;
    private final RetentionMeters meters;
    private final Clock clock;
    private final int rows;

    Outlived(RetentionMapper mapper, Turn turn, RetentionMeters meters, Clock clock, StoreProperties properties) {
        this.mapper = mapper;
        this.turn = turn;
        this.meters = meters;
        this.clock = clock;
        this.rows = properties.retention().rows();
    }

    /**
     * Deletes one batch of messages that are older than this, and all reactions to them.
     *
     * @param before unix milliseconds
     * @return whether it is still this store's turn
     */
    boolean delete(DueConversation conversation, long before) {
        // What is not stored yet was accepted a moment ago at most.
        var now = clock.millis();
        var oldest = mapper.oldest(conversation.conversationKey(), rows + 1);
        var outlived = oldest.stream()
                .limit(rows)
                .takeWhile(row -> row.serverTime() < before)
                .toList();
        var keptSince =
                outlived.size() < oldest.size() ? oldest.get(outlived.size()).serverTime() : now;
        var to = outlived.isEmpty()
                ? conversation.outlivedSequence()
                : outlived.getLast().sequence();
        return deleteReactions(conversation.conversationKey(), to)
                && deleteMessages(conversation.conversationKey(), outlived, keptSince);
    }

    private boolean deleteReactions(long key, long to) {
        for (var found = to == 0 ? 0 : mapper.reactions(key, to, rows);
                found > 0;
                found = mapper.reactions(key, to, rows)) {
            if (!turn.use(() -> mapper.deleteReactions(key, to, rows))) {
                return false;
            }
            meters.deletedReactions(found);
        }
        return true;
    }

    private boolean deleteMessages(long key, List<OldestRow> outlived, long keptSince) {
        var done = turn.use(() -> {
            if (!outlived.isEmpty()) {
                mapper.deleteMessages(key, outlived.getLast().sequence());
                mapper.noteEmptied(key, outlived.getLast());
            }
            mapper.noteKeptSince(key, keptSince);
        });
        if (done) {
            meters.deletedMessages(outlived.size());
        }
        return done;
    }
}
