package im.magpie.service.session;

import static im.magpie.common.rpc.ReconcileOutcome.State.CURRENT;

import im.magpie.codec.protocol.Kicked;
import im.magpie.service.device.DeviceLog;
import im.magpie.service.device.SignOuts;
import im.magpie.service.index.DeviceRoute;
import im.magpie.service.user.UserState;
import im.magpie.service.user.UserStates;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Brings gateways' connections and the sessions in Redis together again. */
final class Reconciliation {

    private final SessionTable sessions;
    private final UserStates users;
    private final SignOuts signOuts;
    private final Kicks kicks;
    private final DeviceLog devices;

    Reconciliation(SessionTable sessions, UserStates users, SignOuts signOuts, Kicks kicks, DeviceLog devices) {
        this.sessions = sessions;
        this.users = users;
        this.signOuts = signOuts;
        this.kicks = kicks;
        this.devices = devices;
    }

    /** Says what each connection is to its device, in the order of the call. */
    List<Standing> reconcile(List<Session> connections) {
        return noted(connections, sessions.look(connections));
    }

    /**
     * Puts sessions back that Redis has lost, but none that a later login has superseded, none of a disabled user and none of a device that has been signed
     * out.
     */
    List<Standing> announce(List<Session> connections) {
        var standings = sessions.put(connections);
        IntStream.range(0, standings.size()).forEach(i -> kicks.supersede(connections.get(i), standings.get(i)));
        return noted(connections, withoutUnwelcome(connections, standings));
    }

    /** As at login, users and devices are asked for behind the script and not before it. */
    private List<Standing> withoutUnwelcome(List<Session> connections, List<Standing> standings) {
        var unwelcome = unwelcome(connections);
        List<Standing> answers = new ArrayList<>();
        List<DeviceRoute> ended = new ArrayList<>();
        for (var i = 0; i < standings.size(); i++) {
            var standing = standings.get(i);
            var why = unwelcome.apply(connections.get(i));
            if (standing.state() == CURRENT && why != null) {
                ended.add(connections.get(i).route());
                answers.add(standing.ended(why));
            } else {
                answers.add(standing);
            }
        }
        sessions.end(ended);
        return answers;
    }

    /** Returns what says why a connection may not stay, or null. */
    private Function<Session, @Nullable Kicked> unwelcome(List<Session> connections) {
        var states = users.now(connections.stream().map(Session::user).toList());
        var revoked = signOuts.revoked(connections.stream().map(Session::sig).toList());
        return session -> {
            if (states.get(session.user()) != UserState.ENABLED) {
                return Kicks.DISABLED;
            }
            return revoked.contains(session.sig()) ? Kicks.SIGNED_OUT : null;
        };
    }

    private List<Standing> noted(List<Session> connections, List<Standing> standings) {
        for (var i = 0; i < standings.size(); i++) {
            var standing = standings.get(i);
            if (standing.state() == CURRENT) {
                devices.seen(connections.get(i).seen(standing.time()));
            }
        }
        return standings;
    }
}
