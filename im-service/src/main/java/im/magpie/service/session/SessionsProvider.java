package im.magpie.service.session;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import im.magpie.common.readiness.Readiness;
import im.magpie.common.rpc.Done;
import im.magpie.common.rpc.DubboSessionsTriple;
import im.magpie.common.rpc.LoginCall;
import im.magpie.common.rpc.LoginOutcome;
import im.magpie.common.rpc.ReconcileOutcomes;
import im.magpie.common.rpc.ServiceReadiness;
import im.magpie.common.rpc.SessionBatch;
import java.util.List;
import org.apache.dubbo.config.annotation.DubboService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Sessions, for gateways. What is wrong with a login is said in its outcome; the other calls fail as a whole when Redis or MySQL does not
 * answer, and are then repeated.
 */
@DubboService
public class SessionsProvider extends DubboSessionsTriple.SessionsImplBase {

    private static final Logger log = LoggerFactory.getLogger(SessionsProvider.class);

    private final Logins logins;
    private final Reconciliation reconciliation;
    private final SessionTable sessions;
    private final Readiness readiness;

    SessionsProvider(Logins logins, Reconciliation reconciliation, SessionTable sessions, Readiness readiness) {
        this.logins = logins;
        this.reconciliation = reconciliation;
        this.sessions = sessions;
        this.readiness = readiness;
    }

    @Override
    public LoginOutcome login(LoginCall call) {
        try {
            return granted(logins.login(Session.loggingIn(call.getSession()), call.getUserSig()));
        } catch (MagpieException e) {
            return refused(e.code(), String.valueOf(e.getMessage()));
        } catch (DataAccessException e) {
            log.error("A login failed for the database", e);
            return refused(ErrorCode.UNAVAILABLE, "the database does not answer");
        }
    }

    @Override
    public Done logout(SessionBatch batch) {
        sessions.end(batch.getSessionsList().stream().map(Session::route).toList());
        return Done.getDefaultInstance();
    }

    @Override
    public ReconcileOutcomes announce(SessionBatch batch) {
        return outcomes(reconciliation.announce(read(batch)));
    }

    @Override
    public ReconcileOutcomes reconcile(SessionBatch batch) {
        return outcomes(reconciliation.reconcile(read(batch)));
    }

    @Override
    public ServiceReadiness ready(Done question) {
        return ServiceReadiness.newBuilder()
                .addAllMissing(readiness.missing().keySet())
                .build();
    }

    private static List<Session> read(SessionBatch batch) {
        return batch.getSessionsList().stream().map(Session::loggedIn).toList();
    }

    private static LoginOutcome granted(Standing standing) {
        return LoginOutcome.newBuilder()
                .setIndexVersion(standing.version())
                .setServerTime(standing.loginTime())
                .build();
    }

    private static LoginOutcome refused(ErrorCode code, String reason) {
        return LoginOutcome.newBuilder().setError(code).setErrorMessage(reason).build();
    }

    private static ReconcileOutcomes outcomes(List<Standing> standings) {
        return ReconcileOutcomes.newBuilder()
                .addAllOutcomes(standings.stream().map(Standing::toOutcome).toList())
                .build();
    }
}
