package im.magpie.service.room;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.Room;
import im.magpie.common.error.MagpieException;
import im.magpie.service.request.Actor;
import java.util.Objects;

/** A room in the hands of one operation: locked, and about to have its next version. For one thread, within its transaction. */
final class RoomDraft {

    private final RoomKey key;
    private final RoomUserMapper users;
    private final long now;
    private final Room.Builder room;

    /** @param now unix milliseconds */
    RoomDraft(RoomRow row, RoomUserMapper users, long now) {
        this.key = row.key();
        this.users = users;
        this.now = now;
        this.room = row.toRoom().toBuilder().setVersion(row.version() + 1);
    }

    /** Returns the room as it will be, to be changed. */
    Room.Builder room() {
        return room;
    }

    RoomKey key() {
        return key;
    }

    long now() {
        return now;
    }

    /** @throws MagpieException ROOM_CLOSED */
    void requireOpen() {
        if (room.getClosed()) {
            throw new MagpieException(ErrorCode.ROOM_CLOSED, "the room is closed");
        }
    }

    /** Returns what holds of a user now. */
    RoomUserRow user(String userId) {
        var row = users.find(key, userId);
        return Objects.requireNonNullElse(row, RoomUserRow.nothing(userId)).at(now);
    }

    RoomRights rightsOf(Actor actor) {
        var user = actor.isBusinessSystem() ? RoomUserRow.nothing("") : user(actor.userId());
        return new RoomRights(actor, room.getOwnerId(), user);
    }

    /** Returns of how many users the room knows something that holds. */
    int users() {
        return users.count(key, now);
    }

    void put(RoomUserRow user) {
        if (user.holdsUntil() > now) {
            users.put(key, user, user.holdsUntil());
        } else {
            users.delete(key, user.userId());
        }
    }
}
