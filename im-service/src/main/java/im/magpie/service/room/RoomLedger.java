package im.magpie.service.room;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.RoomEvent;
import im.magpie.common.error.MagpieException;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Commits what happens to rooms: one operation on a room at a time, each with the room's next version, in one transaction.
 *
 * <p>Blocks; meant for virtual threads; safe for use by many.
 */
final class RoomLedger {

    private final RoomMapper rooms;
    private final RoomUserMapper users;
    private final TransactionOperations transactions;
    private final LongSupplier clock;

    /** @param clock the server's, unix milliseconds */
    RoomLedger(RoomMapper rooms, RoomUserMapper users, TransactionOperations transactions, LongSupplier clock) {
        this.rooms = rooms;
        this.users = users;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Something that is done to a room. */
    @FunctionalInterface
    interface Operation {

        /**
         * Changes the room, what it knows of somebody, or both.
         *
         * @return what to tell of it, which is made when all is changed; null when there was nothing to do
         * @throws MagpieException when it may not be done: then nothing is
         */
        @Nullable
        RoomEvent on(RoomDraft draft);
    }

    /**
     * What an operation has made of a room.
     *
     * @param event what to tell of it; null when there was nothing to do
     * @param time when, unix milliseconds
     */
    record Done(RoomRow row, @Nullable RoomEvent event, long time) {}

    /** @throws MagpieException NOT_FOUND when there is no such room */
    Done change(RoomKey key, Operation operation) {
        var done = transactions.execute(_ -> {
            var row = rooms.lock(key);
            if (row == null) {
                throw new MagpieException(ErrorCode.NOT_FOUND, "there is no such room");
            }
            return done(row, operation);
        });
        return Objects.requireNonNull(done);
    }

    private Done done(RoomRow before, Operation operation) {
        var now = clock.getAsLong();
        var draft = new RoomDraft(before, users, now);
        var event = operation.on(draft);
        if (event == null) {
            return new Done(before, null, now);
        }
        var after = RoomRow.of(draft.key(), draft.room().build());
        rooms.update(after);
        return new Done(after, event, now);
    }
}
