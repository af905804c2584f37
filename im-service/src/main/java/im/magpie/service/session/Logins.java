package im.magpie.service.session;

import im.magpie.codec.id.Identifiers;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import im.magpie.common.rpc.ReconcileOutcome.State;
import im.magpie.common.user.UserKey;
import im.magpie.service.device.DeviceLog;
import im.magpie.service.device.KnownDevice;
import im.magpie.service.device.SignOuts;
import im.magpie.service.request.Rules;
import im.magpie.service.user.UserState;
import im.magpie.service.user.UserStates;
import im.magpie.service.usersig.Tokens;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/** Lets devices in, and out again; many at a time, each of which is refused or granted by itself. */
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

    /**
     * A LOGIN.
     *
     * @param connection without a login time
     * @param deviceName for people; may be empty
     */
    record Login(Session connection, String userSig, String deviceName) {}

    /** What comes of a LOGIN. */
    sealed interface Outcome {

        record Granted(Standing standing, long sigIssued) implements Outcome {}

        /** @param why what the client has to hear, or UNAVAILABLE */
        record Refused(MagpieException why) implements Outcome {}
    }

    /**
     * Verifies userSigs and makes connections their devices' sessions, in the order of the logins.
     *
     * @return in that order
     * @throws MagpieException UNAVAILABLE when Redis did not answer: any of them may have been done, and may be done again
     * @throws DataAccessException when the database did not answer: none of them stays
     */
    List<Outcome> login(List<Login> logins) {
        var candidates = logins.stream().map(Candidate::new).toList();
        candidates.forEach(this::verify);
        // Before they put an end to others: whoever was signed out must not.
        refuseUnwelcome(open(candidates), users::of);
        place(open(candidates));
        settle(open(candidates));
        return candidates.stream()
                .map(candidate -> Objects.requireNonNull(candidate.outcome))
                .toList();
    }

    /** A login on its way: first its connection, which becomes a session. */
    private static final class Candidate {

        private final Login login;
        private Session session;
        private @Nullable Standing standing;
        private @Nullable Outcome outcome;

        private Candidate(Login login) {
            this.login = login;
            this.session = login.connection();
        }

        private void refuse(MagpieException why) {
            outcome = new Outcome.Refused(why);
        }

        private Standing standing() {
            return Objects.requireNonNull(standing);
        }
    }

    private static List<Candidate> open(List<Candidate> candidates) {
        return candidates.stream()
                .filter(candidate -> candidate.outcome == null)
                .toList();
    }

    private void verify(Candidate candidate) {
        try {
            var login = candidate.login;
            Rules.require(Identifiers.isDeviceName(login.deviceName()), "a device's name has at most 64 characters");
            candidate.session =
                    candidate.session.with(tokens.requireUserSig(candidate.session.user(), login.userSig()));
        } catch (MagpieException e) {
            candidate.refuse(e);
        }
    }

    private void refuseUnwelcome(
            List<Candidate> candidates, Function<Collection<UserKey>, Map<UserKey, UserState>> asked) {
        if (candidates.isEmpty()) {
            return;
        }
        var states = asked.apply(
                candidates.stream().map(candidate -> candidate.session.user()).toList());
        var revoked = signOuts.revoked(
                candidates.stream().map(candidate -> candidate.session.sig()).toList());
        for (var candidate : candidates) {
            try {
                UserStates.requireEnabled(states.getOrDefault(candidate.session.user(), UserState.UNKNOWN));
                if (revoked.contains(candidate.session.sig())) {
                    throw SignOuts.refusal();
                }
            } catch (MagpieException e) {
                candidate.refuse(e);
            }
        }
    }

    private void place(List<Candidate> candidates) {
        var standings = sessions.put(
                candidates.stream().map(candidate -> candidate.session).toList());
        for (var i = 0; i < standings.size(); i++) {
            var candidate = candidates.get(i);
            var standing = standings.get(i);
            if (standing.state() == State.SUPERSEDED) {
                candidate.refuse(
                        new MagpieException(ErrorCode.UNAVAILABLE, "a later LOGIN of this client has arrived before"));
            } else {
                candidate.standing = standing;
                kicks.supersede(candidate.session, standing);
            }
        }
    }

    /** Whoever disables a user or signs a device out ends the sessions that are there then: one that was written later has to see for itself. */
    private void settle(List<Candidate> candidates) {
        try {
            refuseUnwelcome(candidates, users::now);
        } catch (RuntimeException e) {
            end(candidates);
            throw e;
        }
        end(candidates.stream().filter(candidate -> candidate.outcome != null).toList());
        for (var candidate : open(candidates)) {
            var session = candidate.session.at(candidate.standing().loginTime());
            devices.loggedIn(noted(session, candidate.login.deviceName()));
            candidate.outcome = new Outcome.Granted(candidate.standing(), session.sigIssued());
        }
    }

    private void end(List<Candidate> candidates) {
        sessions.end(
                candidates.stream().map(candidate -> candidate.session.route()).toList());
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
