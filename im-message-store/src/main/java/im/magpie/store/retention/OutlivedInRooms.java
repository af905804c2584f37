package im.magpie.store.retention;

import im.magpie.common.database.Turn;
import im.magpie.store.StoreProperties;
import im.magpie.store.retry.Term;
import im.magpie.store.room.RoomMessageMapper;
import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Deletes what rooms have kept for as long as they keep it, a bounded batch of rows a transaction. It may end anywhere, and be done again. */
@Component
final class OutlivedInRooms {

    private final RoomMessageMapper messages;
    private final Turn turn;
    private final RetentionMeters meters;
    private final Clock clock;
    private final int rows;
    private final Duration pause;

    OutlivedInRooms(
            RoomMessageMapper messages, Turn turn, RetentionMeters meters, Clock clock, StoreProperties properties) {
        this.messages = messages;
        this.turn = turn;
        this.meters = meters;
        this.clock = clock;
        this.rows = properties.retention().rows();
        this.pause = properties.retention().pause();
    }

    /**
     * Deletes all that there is, with a pause behind every batch.
     *
     * @return whether to go on: it is still this store's turn, and the term has not ended
     */
    boolean delete(Term term) {
        var now = clock.millis();
        for (var found = messages.countOutlived(now, rows); found > 0; found = messages.countOutlived(now, rows)) {
            if (!turn.use(() -> messages.deleteOutlived(now, rows))) {
                return false;
            }
            meters.deletedRoomMessages(found);
            if (term.endsWithin(pause)) {
                return false;
            }
        }
        return true;
    }
}
