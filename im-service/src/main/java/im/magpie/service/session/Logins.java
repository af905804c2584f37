package im.magpie.service.session;

import im.magpie.codec.id.Identifiers;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import im.magpie.common.rpc.LoginCall;
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

    /** What comes of a LOGIN. */
    sealed interface Outcome {

        record Granted(Standing standing, long sigIssued) implements Outcome {}

        /** @param why what the client has to hear, or that Redis or the database did not answer */
        record Refused(RuntimeException why) implements Outcome {}
    }

    /**
     * Verifies userSigs and makes connections their devices' sessions, in the order of the logins. Where Redis did not answer, any of those that it was asked for may have been
     * done, and may be done again; where the database did not, none of them stays.
     *
     * @param logins whose connections have no login time
     * @return in that order
     */
    List<Outcome> login(List<LoginCall> logins) {
        var candidates = logins.stream().map(Candidate::new).toList();
        candidates.forEach(this::verify);
        try {
            // Before they put an end to others: whoever was signed out must not.
            refuseUnwelcome(open(candidates), users::of);
            place(open(candidates));
            settle(open(candidates));
        } catch (MagpieException | DataAccessException e) {
            open(candidates).forEach(candidate -> candidate.refuse(e));
        }
        return candidates.stream()
                .map(candidate -> Objects.requireNonNull(candidate.outcome))
                .toList();
    }

    /** A login on its way: first its connection, which becomes a session. */
    private static final class Candidate {

        private final LoginCall login;
        private @Nullable Session session;
        private @Nullable Standing standing;
        private @Nullable Outcome outcome;

        private Candidate(LoginCall login) {
            this.login = login;
        }

        private Session session() {
            return Objects.requireNonNull(session);
        }

        private void refuse(RuntimeException why) {
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
            var connection = Session.loggingIn(login.getSession());
            Rules.require(Identifiers.isDeviceName(login.getDeviceName()), "a device's name has at most 64 characters");
            candidate.session = connection.with(tokens.requireUserSig(connection.user(), login.getUserSig()));
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
                candidates.stream().map(candidate -> candidate.session().user()).toList());
        var revoked = signOuts.revoked(
                candidates.stream().map(candidate -> candidate.session().sig()).toList());
        for (var candidate : candidates) {
            try {
                UserStates.requireEnabled(
                        states.getOrDefault(candidate.session().user(), UserState.UNKNOWN));
                if (revoked.contains(candidate.session().sig())) {
                    throw SignOuts.refusal();
                }
            } catch (MagpieException e) {
                candidate.refuse(e);
            }
        }
    }

    private void place(List<Candidate> candidates) {
        var standings = sessions.put(candidates.stream().map(Candidate::session).toList());
        for (var i = 0; i < standings.size(); i++) {
            var candidate = candidates.get(i);
            var standing = standings.get(i);
            if (standing.state() == State.SUPERSEDED) {
                candidate.refuse(
                        new MagpieException(ErrorCode.UNAVAILABLE, "a later LOGIN of this client has arrived before"));
            } else {
                candidate.standing = standing;
                kicks.supersede(candidate.session(), standing);
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
            var session = candidate.session().at(candidate.standing().loginTime());
            devices.loggedIn(noted(session, candidate.login.getDeviceName()));
            candidate.outcome = new Outcome.Granted(candidate.standing(), session.sigIssued());
        }
    }

    private void end(List<Candidate> candidates) {
        sessions.end(candidates.stream()
                .map(candidate -> candidate.session().route())
                .toList());
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
