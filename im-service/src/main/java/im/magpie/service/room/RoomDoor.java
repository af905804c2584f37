package im.magpie.service.room;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.Room;
import im.magpie.common.error.MagpieException;
import im.magpie.common.rpc.RoomRenewal;
import im.magpie.common.rpc.RoomState;
import im.magpie.service.request.Actor;
import im.magpie.service.request.Rules;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Who comes into rooms, and which nodes are present in them.
 *
 * <p>Blocks; meant for virtual threads; safe for use by many. Throws {@link MagpieException} UNAVAILABLE when Redis did not answer.
 */
final class RoomDoor {

    private static final Logger log = LoggerFactory.getLogger(RoomDoor.class);
    private static final Duration LONGEST_LEASE = Duration.ofHours(1);
    private static final int MOST_AT_ONCE = 500;

    private final RoomViews views;
    private final RoomNodes nodes;
    private final RoomUserMapper users;
    private final LongSupplier clock;

    /** @param clock the server's, unix milliseconds */
    RoomDoor(RoomViews views, RoomNodes nodes, RoomUserMapper users, LongSupplier clock) {
        this.views = views;
        this.nodes = nodes;
        this.users = users;
        this.clock = clock;
    }

    /**
     * A user's connection comes in, and its node is present from now on.
     *
     * @throws MagpieException NOT_FOUND, ROOM_CLOSED or BANNED
     */
    Room enter(Actor actor, RoomKey room, String incarnation, long leaseMillis) {
        Rules.require(!incarnation.isEmpty() && !actor.isBusinessSystem(), "connections of users enter rooms");
        var lease = lease(leaseMillis);
        return views.current(room, view -> {
            var user = views.users(view, List.of(actor.userId()))
                    .getOrDefault(actor.userId(), RoomUserRow.nothing(actor.userId()))
                    .at(clock.getAsLong());
            if (!view.sure() && user.bannedUntil() > 0) {
                // Nobody is turned away by what may be old.
                return new Attempt.Outdated<>(0);
            }
            requireWelcome(view.row(), user);
            return switch (nodes.enter(view, incarnation, lease)) {
                case Attempt.Outdated<Integer>(var version) -> new Attempt.Outdated<>(version);
                case Attempt.Done<Integer>(var present) ->
                    new Attempt.Done<>(view.row().toRoom().toBuilder()
                            .setPresent(present)
                            .setSelf(RoomLists.self(view.row(), user))
                            .build());
            };
        });
    }

    private static void requireWelcome(RoomRow room, RoomUserRow user) {
        if (room.closed()) {
            throw new MagpieException(ErrorCode.ROOM_CLOSED, "the room is closed");
        }
        if (user.bannedUntil() > 0) {
            throw new MagpieException(ErrorCode.BANNED, user.userId() + " is banned from this room");
        }
    }

    /** Takes down how many connections a node has where, and answers in the order of the call. While the database is away, what was known last stands. */
    List<RoomState> renew(RoomRenewal call) {
        Rules.require(!call.getIncarnation().isEmpty(), "a node has an incarnation");
        Rules.require(call.getRoomsCount() <= MOST_AT_ONCE, "at most %d rooms".formatted(MOST_AT_ONCE));
        var keys = call.getRoomsList().stream()
                .map(presence -> RoomKey.of(presence.getRoom()))
                .toList();
        Map<RoomKey, RoomRow> rows = new HashMap<>();
        var sure = read(keys, rows);
        var presences = call.getRoomsList().stream()
                .map(presence -> {
                    var room = RoomKey.of(presence.getRoom());
                    var row = rows.get(room);
                    var gone = row == null ? sure : row.closed();
                    return new RoomNodes.Presence(
                            room, gone ? 0 : presence.getConnections(), row == null ? 0 : row.version());
                })
                .toList();
        var versions = nodes.renew(call.getIncarnation(), lease(call.getLeaseMs()), presences);
        return keys.stream()
                .map(room -> state(rows.get(room), sure, versions.getOrDefault(room, 0L)))
                .toList();
    }

    /** Returns whether these are all that there are. */
    private boolean read(List<RoomKey> keys, Map<RoomKey, RoomRow> rows) {
        try {
            rows.putAll(views.now(keys));
            return true;
        } catch (DataAccessException e) {
            log.debug("Rooms are taken to be what they were", e);
            rows.putAll(views.last(keys));
            return false;
        }
    }

    private static RoomState state(@Nullable RoomRow row, boolean sure, long version) {
        return RoomState.newBuilder()
                .setClosed(row == null ? sure : row.closed())
                .setVersion(version)
                .build();
    }

    private static Duration lease(long millis) {
        return Duration.ofMillis(Math.clamp(millis, 1, LONGEST_LEASE.toMillis()));
    }

    /** Returns those of some users who are banned from a room now. */
    List<String> banned(RoomKey room, List<String> userIds) {
        Rules.require(userIds.size() <= MOST_AT_ONCE, "at most %d users".formatted(MOST_AT_ONCE));
        if (userIds.isEmpty()) {
            return List.of();
        }
        var now = clock.getAsLong();
        return users.among(room, userIds).stream()
                .filter(user -> user.bannedUntil() > now)
                .map(RoomUserRow::userId)
                .toList();
    }
}
