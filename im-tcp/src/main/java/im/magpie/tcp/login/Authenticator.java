package im.magpie.tcp.login;

import im.magpie.codec.id.Identifiers;
import im.magpie.codec.protocol.ClientType;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.LoginRequest;
import im.magpie.common.rpc.LoginCall;
import im.magpie.common.rpc.SessionRef;
import im.magpie.common.rpc.Sessions;
import im.magpie.tcp.connection.Connection;
import im.magpie.tcp.connection.Connections;
import im.magpie.tcp.session.ServerClock;
import im.magpie.tcp.session.SessionEnds;
import im.magpie.tcp.work.Backoff;
import im.magpie.tcp.work.BoundedWorkers;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has logins validated by the services, off the event loops and only so many at a time. Safe for use by many threads.
 */
public final class Authenticator implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Authenticator.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final String incarnation;
    private final Sessions sessions;
    private final Connections connections;
    private final SessionEnds ends;
    private final ServerClock clock;
    private final BoundedWorkers workers;
    private final LoginMeters meters;

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
        this.workers = new BoundedWorkers("login", settings.workers());
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
        if (!workers.offer(() -> listener.accept(call(connection, call)))) {
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

    private LoginResult call(Connection connection, LoginCall call) {
        try {
            var outcome = sessions.login(call);
            if (outcome.getError() != ErrorCode.OK) {
                return new LoginResult.Refused(outcome.getError(), outcome.getErrorMessage(), 0);
            }
            clock.heard(outcome.getServerTime());
            var known = call.getSession().toBuilder()
                    .setLoginTime(outcome.getServerTime())
                    .setUserSigIssued(outcome.getUserSigIssued())
                    .build();
            connection.onClose(() -> ends.gone(known));
            return new LoginResult.In(known, outcome.getIndexVersion());
        } catch (RuntimeException e) {
            LOG.warn("A login was not answered: {}", e.toString());
            // It may have begun a session all the same.
            connection.onClose(() -> ends.gone(call.getSession()));
            return tryLater(ErrorCode.UNAVAILABLE, "the services can't be reached");
        }
    }

    private static LoginResult tryLater(ErrorCode code, String message) {
        return new LoginResult.Refused(code, message, Backoff.jitteredMillis(RETRY_AFTER));
    }

    /** Returns how many logins are under way. */
    public int active() {
        return workers.active();
    }

    /** Returns how many logins wait for others. */
    public int waiting() {
        return workers.waiting();
    }

    @Override
    public void close() {
        workers.close();
    }
}
