package im.magpie.service.session;

import im.magpie.codec.id.Identifiers;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import im.magpie.common.rpc.ReconcileOutcome.State;
import im.magpie.service.device.DeviceLog;
import im.magpie.service.device.KnownDevice;
import im.magpie.service.device.SignOuts;
import im.magpie.service.user.UserState;
import im.magpie.service.user.UserStates;
import im.magpie.service.usersig.Tokens;
import java.util.List;

/** Lets devices in, and out again. */
final class Logins {

    private final Tokens tokens;
    private final UserStates users;
    private final SignOuts signOuts;
    private final SessionTable sessions;
    private final Kicks kicks;
    private final DeviceLog devices;

    Logins(Tokens tokens, UserStates users, SignOuts signOuts, SessionTable sessions, Kicks kicks, DeviceLog devices) {
        this.tokens = tokens;
        this.users = users;
        this.signOuts = signOuts;
        this.sessions = sessions;
        this.kicks = kicks;
        this.devices = devices;
    }

    /** A login that was granted. */
    record Granted(Standing standing, long sigIssued) {}

    /**
     * Verifies the userSig and makes the connection its device's session.
     *
     * @param connection without a login time
     * @param deviceName for people; may be empty
     * @throws MagpieException with what the client has to hear, or UNAVAILABLE
     */
    Granted login(Session connection, String userSig, String deviceName) {
        if (!Identifiers.isDeviceName(deviceName)) {
            throw new MagpieException(ErrorCode.INVALID_REQUEST, "a device's name has at most 64 characters");
        }
        var session = connection.with(tokens.requireUserSig(connection.user(), userSig));
        users.requireEnabled(session.user());
        // Before it puts an end to others: whoever was signed out must not.
        signOuts.requireNone(session.sig());
        var standing = sessions.put(List.of(session)).getFirst();
        if (standing.state() == State.SUPERSEDED) {
            throw new MagpieException(ErrorCode.UNAVAILABLE, "a later LOGIN of this client has arrived before");
        }
        kicks.supersede(session, standing);
        try {
            requireStillWelcome(session);
        } catch (RuntimeException e) {
            sessions.end(List.of(session.route()));
            throw e;
        }
        devices.loggedIn(noted(session.at(standing.loginTime()), deviceName));
        return new Granted(standing, session.sigIssued());
    }

    /** Whoever disables a user or signs a device out ends the sessions that are there then: one that was written later has to see for itself. */
    private void requireStillWelcome(Session session) {
        UserStates.requireEnabled(users.now(List.of(session.user())).getOrDefault(session.user(), UserState.UNKNOWN));
        signOuts.requireNone(session.sig());
    }

    private static KnownDevice noted(Session session, String name) {
        var time = session.loginTime();
        return new KnownDevice(session.device(), name, time, time, time, session.sigIssued());
    }

    /** Ends sessions where they are still these connections' own. */
    void logout(List<Session> connections) {
        var time = sessions.end(connections.stream().map(Session::route).toList());
        connections.stream()
                .filter(connection -> connection.loginTime() > 0)
                .forEach(connection -> devices.left(connection.seen(time)));
    }
}
