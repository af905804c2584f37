package im.magpie.service.user;

import static java.util.stream.Collectors.groupingBy;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import im.magpie.common.user.UserKey;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** The users of all apps, as business systems import and change them. Safe for use by many threads. */
@Component
public final class Users {

    private final UserMapper users;
    private final UserStates states;
    private final ApplicationEventPublisher events;

    Users(UserMapper users, UserStates states, ApplicationEventPublisher events) {
        this.users = users;
        this.states = states;
        this.events = events;
    }

    /** @throws MagpieException NOT_FOUND */
    public User require(UserKey key) {
        var user = users.find(key);
        if (user == null) {
            throw new MagpieException(ErrorCode.NOT_FOUND, "there is no such user");
        }
        return user;
    }

    /**
     * Makes a user, or replaces the profile of one that is there. May be repeated.
     *
     * @throws MagpieException FORBIDDEN when the user was erased
     */
    public User put(UserKey key, UserChange change) {
        users.put(key, change);
        return requireKept(changed(key));
    }

    /**
     * Makes users of an app, or replaces the profiles of those who are there; of one who is named more than once, the last is taken. May be repeated.
     *
     * @return the ids of those who were erased, of whom nothing was written
     */
    public List<String> putAll(String appId, List<UserProfile> profiles) {
        // In the order of their ids: imports of the same users at the same time wait for each other, and not in a
        // circle.
        var byId = new TreeMap<String, UserProfile>();
        profiles.forEach(profile -> byId.put(profile.userId(), profile));
        byId.values().stream()
                .collect(groupingBy(profile -> Optional.ofNullable(profile.disabled())))
                .forEach((disabled, some) -> users.putAll(appId, some, disabled.orElse(null)));
        byId.keySet().forEach(userId -> states.forget(new UserKey(appId, userId)));
        users.states(appId, byId.keySet()).stream()
                .filter(UserMapper.Row::disabled)
                .forEach(row -> events.publishEvent(new UserDisabled(new UserKey(appId, row.userId()))));
        return users.erased(appId, byId.keySet());
    }

    /**
     * Changes what is given. May be repeated.
     *
     * @throws MagpieException NOT_FOUND, FORBIDDEN when the user was erased
     */
    public User change(UserKey key, UserChange change) {
        users.change(key, change);
        return requireKept(changed(key));
    }

    /** Leaves nothing of a user but that he was there, for ever; {@link #erased} is to follow when that is committed. */
    public void hollow(UserKey key) {
        users.hollow(key);
    }

    /** Puts an erased user out, who is disabled by now. May be repeated. */
    public void erased(UserKey key) {
        changed(key);
    }

    private static User requireKept(User user) {
        if (user.erased()) {
            throw new MagpieException(ErrorCode.FORBIDDEN, "the user was erased, and nobody else gets his id");
        }
        return user;
    }

    private User changed(UserKey key) {
        states.forget(key);
        var user = require(key);
        if (user.disabled()) {
            events.publishEvent(new UserDisabled(key));
        }
        return user;
    }
}
