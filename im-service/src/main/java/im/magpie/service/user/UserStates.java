package im.magpie.service.user;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import com.github.benmanes.caffeine.cache.Ticker;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import im.magpie.common.user.UserKey;
import im.magpie.service.cache.CacheProperties;
import im.magpie.service.cache.Database;
import im.magpie.service.cache.RecentlyTrue;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * What users may do: everything that is done in a user's name asks here. Safe for use by many threads.
 *
 * <p>All but {@link #now} may answer what was true a moment ago.
 */
@Component
public final class UserStates {

    private final UserMapper users;
    private final Database database;
    private final RecentlyTrue<UserKey> enabled;

    UserStates(UserMapper users, Database database, CacheProperties cache, Ticker ticker) {
        this.users = users;
        this.database = database;
        this.enabled = new RecentlyTrue<>(cache.ttl(), cache.standing(), cache.maxEntries(), ticker);
    }

    /** @throws MagpieException UNKNOWN_USER or USER_DISABLED */
    public void requireEnabled(UserKey user) {
        if (!enabled.contains(user)) {
            requireEnabled(of(List.of(user)).getOrDefault(user, UserState.UNKNOWN));
        }
    }

    /** @throws MagpieException UNKNOWN_USER or USER_DISABLED */
    public static void requireEnabled(UserState state) {
        switch (state) {
            case ENABLED -> {}
            case DISABLED -> throw new MagpieException(ErrorCode.USER_DISABLED, "the user is disabled");
            case UNKNOWN -> throw new MagpieException(ErrorCode.UNKNOWN_USER, "there is no such user");
        }
    }

    /**
     * Returns the state of every user asked for. Who was enabled when the database was asked last is so until it answers again.
     *
     * @throws DataAccessException when the database does not answer, and one of them was not
     */
    public Map<UserKey, UserState> of(Collection<UserKey> asked) {
        Map<UserKey, UserState> states = new HashMap<>();
        Set<UserKey> unsure = new HashSet<>();
        for (var user : asked) {
            if (enabled.contains(user)) {
                states.put(user, UserState.ENABLED);
            } else {
                unsure.add(user);
            }
        }
        if (!unsure.isEmpty()) {
            states.putAll(nowOrLast(unsure));
        }
        return states;
    }

    private Map<UserKey, UserState> nowOrLast(Set<UserKey> unsure) {
        try {
            return now(unsure);
        } catch (DataAccessException e) {
            enabled.stand(unsure, e);
            return unsure.stream().collect(toMap(identity(), _ -> UserState.ENABLED));
        }
    }

    /** The same, from the database and nowhere else. */
    public Map<UserKey, UserState> now(Collection<UserKey> asked) {
        var mark = enabled.mark();
        Map<UserKey, UserState> states = new HashMap<>();
        asked.forEach(user -> states.put(user, UserState.UNKNOWN));
        database.askOfUsers(asked, this::read).forEach(known -> states.put(known.getKey(), known.getValue()));
        enabled.remember(
                states.keySet().stream()
                        .filter(user -> states.get(user) == UserState.ENABLED)
                        .toList(),
                mark);
        return states;
    }

    private List<Map.Entry<UserKey, UserState>> read(String appId, List<String> userIds) {
        return users.states(appId, userIds).stream()
                .map(row -> Map.entry(
                        new UserKey(appId, row.userId()), row.disabled() ? UserState.DISABLED : UserState.ENABLED))
                .toList();
    }

    void forget(UserKey user) {
        enabled.forget(user);
    }
}
