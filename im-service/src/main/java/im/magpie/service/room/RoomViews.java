package im.magpie.service.room;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import im.magpie.service.cache.CacheProperties;
import im.magpie.service.cache.Database;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/**
 * Rooms, and what they know of their users, as this process has read them last. Every change of a room raises its version in Redis before it is answered, and
 * whatever goes by what is known here has Redis compare the versions: so nothing is done by an old one. Where the instance that made a change has died before it
 * could tell Redis, others find it after the cache's {@code ttl}. While the database is away, what was known last stands.
 *
 * <p>Blocks; meant for virtual threads; safe for use by many. Throws {@link DataAccessException} when the database has to be asked and does not answer.
 */
final class RoomViews {

    private static final int ROWS_PER_QUERY = 500;
    private static final int ATTEMPTS = 5;

    private final RoomMapper rooms;
    private final RoomUserMapper users;
    private final Database database;
    private final Ticker ticker;
    private final long ttl;
    private final Cache<RoomKey, Read> known;
    private final Cache<Asked, RoomUserRow> standings;

    /** @param at by the ticker */
    private record Read(RoomRow row, long at) {}

    /** Of one version there is one answer for good. */
    private record Asked(RoomKey room, long version, String userId) {}

    RoomViews(RoomMapper rooms, RoomUserMapper users, Database database, CacheProperties properties, Ticker ticker) {
        this.rooms = rooms;
        this.users = users;
        this.database = database;
        this.ticker = ticker;
        this.ttl = properties.ttl().toNanos();
        this.known = Caffeine.newBuilder()
                .expireAfterWrite(properties.ttl().plus(properties.standing()))
                .maximumSize(properties.maxEntries())
                .ticker(ticker)
                .build();
        this.standings = Caffeine.newBuilder()
                .expireAfterAccess(properties.ttl().plus(properties.standing()))
                .maximumSize(properties.maxEntries())
                .ticker(ticker)
                .build();
    }

    /**
     * Does something by what is known of a room, and again by what it is now where that was old.
     *
     * @throws MagpieException NOT_FOUND when there is no such room; BUSY when it changes all the time
     */
    <T> T current(RoomKey room, Function<RoomView, Attempt<T>> step) {
        var view = view(room);
        for (var attempt = 1; attempt <= ATTEMPTS; attempt++) {
            switch (step.apply(view)) {
                case Attempt.Done<T>(var value) -> {
                    return value;
                }
                case Attempt.Outdated<T>(var version) -> view = read(room, version);
            }
        }
        throw new MagpieException(ErrorCode.BUSY, "the room changes all the time");
    }

    private RoomView view(RoomKey room) {
        var read = known.getIfPresent(room);
        return read != null && ticker.read() - read.at() < ttl ? new RoomView(read.row(), false, 0) : read(room, 0);
    }

    private RoomView read(RoomKey room, long told) {
        var row = rowNowOrLast(room);
        if (row == null) {
            throw new MagpieException(ErrorCode.NOT_FOUND, "there is no such room");
        }
        return new RoomView(row, true, told);
    }

    private @Nullable RoomRow rowNowOrLast(RoomKey room) {
        try {
            var row = database.ask(() -> rooms.find(room));
            if (row != null) {
                know(row);
            }
            return row;
        } catch (DataAccessException e) {
            var last = known.getIfPresent(room);
            if (last == null) {
                throw e;
            }
            return last.row();
        }
    }

    /** Takes note of a room as it was just read or written. */
    void know(RoomRow row) {
        var now = ticker.read();
        known.asMap()
                .merge(
                        row.key(),
                        new Read(row, now),
                        (before, read) -> before.row().version() > row.version() ? before : read);
    }

    /** Returns those of some rooms that there are, as they are now. */
    Map<RoomKey, RoomRow> now(Collection<RoomKey> asked) {
        Map<RoomKey, RoomRow> found = new HashMap<>();
        asked.stream()
                .distinct()
                .collect(
                        Collectors.groupingBy(RoomKey::appId, Collectors.mapping(RoomKey::roomId, Collectors.toList())))
                .forEach((appId, ids) -> ids.stream()
                        .gather(Gatherers.windowFixed(ROWS_PER_QUERY))
                        .flatMap(some -> database.ask(() -> rooms.among(appId, some)).stream())
                        .forEach(row -> found.put(row.key(), row)));
        found.values().forEach(this::know);
        return found;
    }

    /** Returns what is known of some rooms without asking anybody, as old as it may be. */
    Map<RoomKey, RoomRow> last(Collection<RoomKey> asked) {
        return known.getAllPresent(Set.copyOf(asked)).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().row()));
    }

    /** Returns what a room knows of each of some users at its version; what has ended since is in it. */
    Map<String, RoomUserRow> users(RoomView view, Collection<String> userIds) {
        Map<String, RoomUserRow> found = new HashMap<>();
        Set<String> unknown = new HashSet<>();
        for (var userId : userIds) {
            var standing = standings.getIfPresent(new Asked(view.key(), view.version(), userId));
            if (standing == null) {
                unknown.add(userId);
            } else {
                found.put(userId, standing);
            }
        }
        List.copyOf(unknown).stream()
                .gather(Gatherers.windowFixed(ROWS_PER_QUERY))
                .forEach(some -> {
                    some.forEach(userId -> found.put(userId, RoomUserRow.nothing(userId)));
                    database.ask(() -> users.among(view.key(), some)).forEach(row -> found.put(row.userId(), row));
                });
        unknown.forEach(
                userId -> standings.put(new Asked(view.key(), view.version(), userId), requireFound(found, userId)));
        return found;
    }

    private static RoomUserRow requireFound(Map<String, RoomUserRow> found, String userId) {
        return found.getOrDefault(userId, RoomUserRow.nothing(userId));
    }
}
