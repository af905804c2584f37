package im.magpie.service.user;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import im.magpie.common.user.UserKey;
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
