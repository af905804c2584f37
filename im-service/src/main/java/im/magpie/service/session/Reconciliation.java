package im.magpie.service.session;

import im.magpie.common.rpc.ReconcileOutcome;
import im.magpie.service.index.DeviceRoute;
import im.magpie.service.user.UserState;
import im.magpie.service.user.UserStates;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Brings gateways' connections and the sessions in Redis together again. */
final class Reconciliation {

    private final SessionTable sessions;
    private final UserStates users;
    private final Kicks kicks;

    Reconciliation(SessionTable sessions, UserStates users, Kicks kicks) {
        this.sessions = sessions;
        this.users = users;
        this.kicks = kicks;
    }

    /** Says what each connection is to its device, in the order of the call. */
    List<Standing> reconcile(List<Session> connections) {
        return sessions.look(connections);
    }

    /** Puts sessions back that Redis has lost, but none that a later login has superseded and none of a disabled user. */
    List<Standing> announce(List<Session> connections) {
        var standings = sessions.put(connections);
        IntStream.range(0, standings.size()).forEach(i -> kicks.supersede(connections.get(i), standings.get(i)));
        return withoutDisabled(connections, standings);
    }

    /** As at login, users are asked for behind the script and not before it. */
    private List<Standing> withoutDisabled(List<Session> connections, List<Standing> standings) {
        var states = users.now(connections.stream().map(Session::user).toList());
        List<Standing> answers = new ArrayList<>();
        List<DeviceRoute> disabled = new ArrayList<>();
        for (var i = 0; i < standings.size(); i++) {
            var standing = standings.get(i);
            var session = connections.get(i);
            if (standing.state() == ReconcileOutcome.State.CURRENT && states.get(session.user()) != UserState.ENABLED) {
                disabled.add(session.route());
                answers.add(standing.disabled());
            } else {
                answers.add(standing);
            }
        }
        sessions.end(disabled);
        return answers;
    }
}
