package im.magpie.service.session;

import im.magpie.codec.protocol.DevicesReply;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import im.magpie.common.readiness.Readiness;
import im.magpie.common.rpc.DevicesCall;
import im.magpie.common.rpc.DevicesOutcome;
import im.magpie.common.rpc.Done;
import im.magpie.common.rpc.DubboSessionsTriple;
import im.magpie.common.rpc.LoginBatch;
import im.magpie.common.rpc.LoginOutcome;
import im.magpie.common.rpc.LoginOutcomes;
import im.magpie.common.rpc.ReconcileOutcomes;
import im.magpie.common.rpc.ServiceReadiness;
import im.magpie.common.rpc.SessionBatch;
import im.magpie.common.rpc.SignOutCall;
import im.magpie.common.rpc.SignOutOutcome;
import im.magpie.service.batch.Isolation;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.dubbo.config.annotation.DubboService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Sessions, for gateways. What is wrong with the request of a client is said in its outcome; the other calls fail as a whole when Redis or MySQL does
 * not answer, and are then repeated.
 */
@DubboService
public class SessionsProvider extends DubboSessionsTriple.SessionsImplBase {

    private static final Logger log = LoggerFactory.getLogger(SessionsProvider.class);

    private final Logins logins;
    private final Reconciliation reconciliation;
    private final UserDevices devices;
    private final Readiness readiness;

    SessionsProvider(Logins logins, Reconciliation reconciliation, UserDevices devices, Readiness readiness) {
        this.logins = logins;
        this.reconciliation = reconciliation;
        this.devices = devices;
        this.readiness = readiness;
    }

    @Override
    public LoginOutcomes login(LoginBatch batch) {
        var outcomes = new LoginOutcome[batch.getCallsCount()];
        Isolation.run(
                IntStream.range(0, outcomes.length).boxed().toList(),
                some -> login(batch, some, outcomes),
                (i, e) -> outcomes[i] = refused(refusal(e)));
        return LoginOutcomes.newBuilder().addAllOutcomes(List.of(outcomes)).build();
    }

    private void login(LoginBatch batch, List<Integer> some, LoginOutcome[] outcomes) {
        var found = logins.login(some.stream().map(batch::getCalls).toList());
        for (var k = 0; k < found.size(); k++) {
            outcomes[some.get(k)] = answer(found.get(k));
        }
    }

    private static LoginOutcome answer(Logins.Outcome outcome) {
        return switch (outcome) {
            case Logins.Outcome.Granted granted -> granted(granted);
            case Logins.Outcome.Refused refused -> refused(refusal(refused.why()));
        };
    }

    @Override
    public Done logout(SessionBatch batch) {
        logins.logout(batch.getSessionsList().stream().map(Session::of).toList());
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
    public DevicesOutcome devices(DevicesCall call) {
        try {
            var asking = Session.loggedIn(call.getSession());
            var reply = DevicesReply.newBuilder();
            devices.list(asking.user()).forEach(device -> reply.addDevices(device.toEntry(asking.device())));
            return DevicesOutcome.newBuilder().setReply(reply).build();
        } catch (MagpieException | DataAccessException e) {
            var refusal = refusal(e);
            return DevicesOutcome.newBuilder()
                    .setError(refusal.code())
                    .setErrorMessage(refusal.reason())
                    .build();
        }
    }

    @Override
    public SignOutOutcome signOut(SignOutCall call) {
        try {
            var by = Session.loggedIn(call.getSession());
            var request = call.getRequest();
            devices.signOut(Session.device(by.user(), request.getClientType(), request.getDeviceId()), by);
            return SignOutOutcome.getDefaultInstance();
        } catch (MagpieException | DataAccessException e) {
            var refusal = refusal(e);
            return SignOutOutcome.newBuilder()
                    .setError(refusal.code())
                    .setErrorMessage(refusal.reason())
                    .build();
        }
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

    private static LoginOutcome granted(Logins.Outcome.Granted login) {
        return LoginOutcome.newBuilder()
                .setIndexVersion(login.standing().version())
                .setServerTime(login.standing().loginTime())
                .setUserSigIssued(login.sigIssued())
                .build();
    }

    private static LoginOutcome refused(Refusal refusal) {
        return LoginOutcome.newBuilder()
                .setError(refusal.code())
                .setErrorMessage(refusal.reason())
                .build();
    }

    private record Refusal(ErrorCode code, String reason) {}

    private static Refusal refusal(RuntimeException e) {
        if (e instanceof MagpieException ours) {
            return new Refusal(ours.code(), String.valueOf(ours.getMessage()));
        }
        if (e instanceof DataAccessException) {
            log.error("A call failed for the database", e);
            return new Refusal(ErrorCode.UNAVAILABLE, "the database does not answer");
        }
        log.error("A call failed for a fault of ours", e);
        return new Refusal(ErrorCode.UNAVAILABLE, "the services can't do it");
    }

    private static ReconcileOutcomes outcomes(List<Standing> standings) {
        return ReconcileOutcomes.newBuilder()
                .addAllOutcomes(standings.stream().map(Standing::toOutcome).toList())
                .build();
    }
}
