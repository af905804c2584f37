package im.magpie.tcp.device;

import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Reply.Failure;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.SignOutReply;
import im.magpie.common.rpc.DevicesCall;
import im.magpie.common.rpc.Sessions;
import im.magpie.common.rpc.SignOutCall;
import im.magpie.tcp.connection.Connection;
import im.magpie.tcp.work.Backoff;
import im.magpie.tcp.work.BoundedWorkers;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers DEVICES and SIGN_OUT by what the services say. Workers of their own: they may have to wait for the database,
 * which nothing else of a client's does. Safe for use by many threads.
 */
public final class Devices implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Devices.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Sessions sessions;
    private final BoundedWorkers workers;

    public Devices(DeviceSettings settings, Sessions sessions) {
        this.sessions = sessions;
        this.workers = new BoundedWorkers("devices", settings.workers());
    }

    /** Answers a DEVICES; never blocks. */
    public void list(Connection connection, Request.Devices request) {
        work(connection, request, () -> listed(connection, request));
    }

    /** Answers a SIGN_OUT; never blocks. */
    public void signOut(Connection connection, Request.SignOut request) {
        work(connection, request, () -> signedOut(connection, request));
    }

    private Reply listed(Connection connection, Request.Devices request) {
        var outcome = sessions.devices(
                DevicesCall.newBuilder().setSession(connection.requireSession()).build());
        return outcome.getError() == ErrorCode.OK
                ? new Reply.DevicesOk(request.requestId(), outcome.getReply())
                : failure(request, outcome.getError(), outcome.getErrorMessage());
    }

    private Reply signedOut(Connection connection, Request.SignOut request) {
        var outcome = sessions.signOut(SignOutCall.newBuilder()
                .setSession(connection.requireSession())
                .setRequest(request.body())
                .build());
        return outcome.getError() == ErrorCode.OK
                ? new Reply.SignOutOk(request.requestId(), SignOutReply.getDefaultInstance())
                : failure(request, outcome.getError(), outcome.getErrorMessage());
    }

    private void work(Connection connection, Request request, Supplier<Reply> call) {
        if (!workers.offer(() -> connection.write(answer(request, call)))) {
            connection.write(failure(request, ErrorCode.BUSY, "too much is under way"));
        }
    }

    private static Reply answer(Request request, Supplier<Reply> call) {
        try {
            return call.get();
        } catch (RuntimeException e) {
            LOG.warn("A {} was not answered: {}", request.command(), e.toString());
            return failure(request, ErrorCode.UNAVAILABLE, "the services can't be reached");
        }
    }

    private static Failure failure(Request request, ErrorCode code, String message) {
        var passes = code == ErrorCode.BUSY || code == ErrorCode.UNAVAILABLE;
        return Failure.of(request, code, message, passes ? Backoff.jitteredMillis(RETRY_AFTER) : 0);
    }

    @Override
    public void close() {
        workers.close();
    }
}
