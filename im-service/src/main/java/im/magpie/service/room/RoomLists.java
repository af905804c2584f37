package im.magpie.service.room;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.ListRoomUsers;
import im.magpie.codec.protocol.Room;
import im.magpie.codec.protocol.RoomUser;
import im.magpie.codec.protocol.RoomUserPage;
import im.magpie.common.error.MagpieException;
import im.magpie.service.request.Actor;
import im.magpie.service.request.Rules;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;

/** What there is to see of rooms. Blocks; safe for use by many threads. */
final class RoomLists {

    private final RoomMapper rooms;
    private final RoomUserMapper users;
    private final RoomNodes nodes;
    private final LongSupplier clock;

    /** @param clock the server's, unix milliseconds */
    RoomLists(RoomMapper rooms, RoomUserMapper users, RoomNodes nodes, LongSupplier clock) {
        this.rooms = rooms;
        this.users = users;
        this.nodes = nodes;
        this.clock = clock;
    }

    /** @throws MagpieException NOT_FOUND */
    RoomRow require(RoomKey key) {
        var row = rooms.find(key);
        if (row == null) {
            throw new MagpieException(ErrorCode.NOT_FOUND, "there is no such room");
        }
        return row;
    }

    /** Returns a room with what the actor may do in it, and about how many are there. */
    Room room(Actor actor, RoomRow row) {
        var room = row.toRoom().toBuilder()
                .setPresent(nodes.present(List.of(row.key())).getOrDefault(row.key(), 0));
        return actor.isBusinessSystem()
                ? room.build()
                : room.setSelf(self(row, user(row.key(), actor.userId()))).build();
    }

    /** Returns what a room knows of a user that holds now. */
    RoomUserRow user(RoomKey key, String userId) {
        return Objects.requireNonNullElse(users.find(key, userId), RoomUserRow.nothing(userId))
                .at(clock.getAsLong());
    }

    /** Returns what a user may do in a room: its owner all that moderators may. */
    static RoomUser self(RoomRow row, RoomUserRow user) {
        return user.moderating(user.moderator() || row.ownerId().equals(user.userId()))
                .toProtocol();
    }

    /**
     * Returns some of those of whom a room knows something.
     *
     * @throws MagpieException NOT_FOUND; FORBIDDEN to all but moderators
     */
    RoomUserPage users(Actor actor, RoomKey key, ListRoomUsers asked) {
        var limit = Rules.limit(asked.getLimit());
        var row = require(key);
        if (!actor.isBusinessSystem()) {
            new RoomRights(actor, row.ownerId(), user(key, actor.userId())).requireModerator();
        }
        var now = clock.getAsLong();
        var found = users.page(key, asked.getAfter(), now, limit + 1);
        return RoomUserPage.newBuilder()
                .addAllUsers(found.stream()
                        .limit(limit)
                        .map(user -> user.at(now).toProtocol())
                        .toList())
                .setMore(found.size() > limit)
                .build();
    }

    /** Some of an app's rooms. */
    record Page(List<Room> rooms, boolean more) {}

    /** Returns some of the rooms of an app, in the order of their ids. */
    Page page(String appId, boolean closedToo, String after, int asked) {
        var limit = Rules.limit(asked);
        var found = rooms.page(appId, closedToo, after, limit + 1);
        var rows = found.subList(0, Math.min(limit, found.size()));
        var present = nodes.present(rows.stream().map(RoomRow::key).toList());
        return new Page(
                rows.stream()
                        .map(row -> row.toRoom().toBuilder()
                                .setPresent(present.getOrDefault(row.key(), 0))
                                .build())
                        .toList(),
                found.size() > limit);
    }
}
