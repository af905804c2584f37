package im.magpie.service.session;

import im.magpie.service.user.UserState;
import im.magpie.service.user.UserStates;
import im.magpie.service.usersig.Tokens;
import java.util.List;

/** Lets devices in. */
final class Logins {

    private final Tokens tokens;
    private final UserStates users;
    private final SessionTable sessions;
    private final Kicks kicks;

    Logins(Tokens tokens, UserStates users, SessionTable sessions, Kicks kicks) {
        this.tokens = tokens;
        this.users = users;
        this.sessions = sessions;
        this.kicks = kicks;
    }

    /**
     * Verifies the userSig and makes the connection its device's session.
     *
     * @param session without a login time
     * @throws im.magpie.common.error.MagpieException with what the client has to hear, or UNAVAILABLE
     */
    Standing login(Session session, String userSig) {
        tokens.requireUserSig(session.user(), userSig);
        users.requireEnabled(session.user());
        var standing = sessions.put(List.of(session)).getFirst();
        kicks.supersede(session, standing);
        requireStillEnabled(session);
        return standing;
    }

    /** Whoever disables a user ends the sessions that are there then: one that was written later has to see for itself. */
    private void requireStillEnabled(Session session) {
        var state = users.now(List.of(session.user())).getOrDefault(session.user(), UserState.UNKNOWN);
        if (state != UserState.ENABLED) {
            sessions.end(List.of(session.route()));
        }
        UserStates.requireEnabled(state);
    }
}
