package im.magpie.tcp.login;

import im.magpie.codec.id.Identifiers;
import im.magpie.codec.protocol.ClientType;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.LoginRequest;
import im.magpie.common.rpc.LoginBatch;
import im.magpie.common.rpc.LoginCall;
import im.magpie.common.rpc.LoginOutcome;
import im.magpie.common.rpc.SessionRef;
import im.magpie.common.rpc.Sessions;
import im.magpie.tcp.connection.Connection;
import im.magpie.tcp.connection.Connections;
import im.magpie.tcp.session.ServerClock;
import im.magpie.tcp.session.SessionEnds;
import im.magpie.tcp.work.Backoff;
import im.magpie.tcp.work.Batcher;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has logins validated by the services, off the event loops, in batches that form while others are under way. Safe for use by many threads.
 */
public final class Authenticator implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Authenticator.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final String incarnation;
    private final Sessions sessions;
    private final Connections connections;
    private final SessionEnds ends;
    private final ServerClock clock;
    private final Batcher<Waiting> batcher;
    private final LoginMeters meters;

    /** A login that waits for its call, or for what that answers. */
    private record Waiting(Connection connection, LoginCall call, Consumer<LoginResult> listener) {}

    /** Makes an authenticator for the connections of one life of the node. */
    public Authenticator(
            LoginSettings settings,
            String incarnation,
            Sessions sessions,
            Connections connections,
            SessionEnds ends,
            ServerClock clock,
            MeterRegistry registry) {
        this.incarnation = incarnation;
        this.sessions = sessions;
        this.connections = connections;
        this.ends = ends;
        this.clock = clock;
        this.batcher = new Batcher<>("login", settings.batch(), settings.calls(), this::call);
        this.meters = new LoginMeters(registry, this);
    }

    /** Validates a login; {@code listener} hears the result once, by any thread. Never blocks. */
    void login(Connection connection, LoginRequest request, Consumer<LoginResult> listener) {
        var since = System.nanoTime();
        begin(connection, request, result -> {
            meters.answered(result, since);
            listener.accept(result);
        });
    }

    private void begin(Connection connection, LoginRequest request, Consumer<LoginResult> listener) {
        if (!wellFormed(request)) {
            listener.accept(new LoginResult.Refused(
                    ErrorCode.INVALID_REQUEST,
                    "a login names an app, a user, a device and a client type; a device's name has at most 64"
                            + " characters",
                    0));
            return;
        }
        // From the call on, somebody may push to it.
        connections.add(connection);
        var call = LoginCall.newBuilder()
                .setSession(session(connection, request))
                .setUserSig(request.getUserSig())
                .setDeviceName(request.getDeviceName())
                .build();
        if (!batcher.offer(new Waiting(connection, call, listener))) {
            listener.accept(tryLater(ErrorCode.BUSY, "too many logins are under way"));
        }
    }

    private static boolean wellFormed(LoginRequest request) {
        var type = request.getClientType();
        return Identifiers.isAppId(request.getAppId())
                && Identifiers.isUserId(request.getUserId())
                && Identifiers.isDeviceId(request.getDeviceId())
                && Identifiers.isDeviceName(request.getDeviceName())
                && type != ClientType.CLIENT_TYPE_UNSPECIFIED
                && type != ClientType.UNRECOGNIZED;
    }

    private SessionRef session(Connection connection, LoginRequest request) {
        return SessionRef.newBuilder()
                .setAppId(request.getAppId())
                .setUserId(request.getUserId())
                .setClientType(request.getClientType())
                .setDeviceId(request.getDeviceId())
                .setIncarnation(incarnation)
                .setConnectionId(connection.id())
                .setRun(request.getRun())
                .setAttempt(request.getAttempt())
                .build();
    }

    private void call(List<Waiting> logins) {
        var outcomes = outcomes(logins);
        for (var i = 0; i < logins.size(); i++) {
            var login = logins.get(i);
            login.listener().accept(outcomes.isEmpty() ? unanswered(login) : result(login, outcomes.get(i)));
        }
    }

    /** Returns nothing when the services did not answer. */
    private List<LoginOutcome> outcomes(List<Waiting> logins) {
        var batch = LoginBatch.newBuilder();
        logins.forEach(login -> batch.addCalls(login.call()));
        try {
            var outcomes = sessions.login(batch.build()).getOutcomesList();
            if (outcomes.size() != logins.size()) {
                throw new IllegalStateException("%d outcomes for %d logins".formatted(outcomes.size(), logins.size()));
            }
            return outcomes;
        } catch (RuntimeException e) {
            LOG.warn("{} logins were not answered: {}", logins.size(), e.toString());
            return List.of();
        }
    }

    private LoginResult unanswered(Waiting login) {
        // It may have begun a session all the same.
        login.connection().onClose(() -> ends.gone(login.call().getSession()));
        return tryLater(ErrorCode.UNAVAILABLE, "the services can't be reached");
    }

    private LoginResult result(Waiting login, LoginOutcome outcome) {
        if (outcome.getError() != ErrorCode.OK) {
            return new LoginResult.Refused(outcome.getError(), outcome.getErrorMessage(), 0);
        }
        clock.heard(outcome.getServerTime());
        var known = login.call().getSession().toBuilder()
                .setLoginTime(outcome.getServerTime())
                .setUserSigIssued(outcome.getUserSigIssued())
                .build();
        login.connection().onClose(() -> ends.gone(known));
        return new LoginResult.In(known, outcome.getIndexVersion());
    }

    private static LoginResult tryLater(ErrorCode code, String message) {
        return new LoginResult.Refused(code, message, Backoff.jitteredMillis(RETRY_AFTER));
    }

    /** Returns how many logins wait for others. */
    public int waiting() {
        return batcher.waiting();
    }

    @Override
    public void close() {
        batcher.close();
    }
}
