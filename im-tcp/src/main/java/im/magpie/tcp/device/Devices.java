package im.magpie.tcp.device;

import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.SignOutReply;
import im.magpie.common.rpc.DevicesCall;
import im.magpie.common.rpc.Sessions;
import im.magpie.common.rpc.SignOutCall;
import im.magpie.tcp.connection.Answers;
import im.magpie.tcp.connection.Connection;

/**
 * Answers DEVICES and SIGN_OUT by what the services say. Workers of their own: they may have to wait for the database,
 * which nothing else of a client's does. Safe for use by many threads.
 */
public final class Devices implements AutoCloseable {

    private final Sessions sessions;
    private final Answers answers;

    public Devices(DeviceSettings settings, Sessions sessions) {
        this.sessions = sessions;
        this.answers = new Answers("devices", settings.workers());
    }

    /** Answers a DEVICES; never blocks. */
    public void list(Connection connection, Request.Devices request) {
        answers.give(connection, request, () -> listed(connection, request));
    }

    /** Answers a SIGN_OUT; never blocks. */
    public void signOut(Connection connection, Request.SignOut request) {
        answers.give(connection, request, () -> signedOut(connection, request));
    }

    private Reply listed(Connection connection, Request.Devices request) {
        var outcome = sessions.devices(
                DevicesCall.newBuilder().setSession(connection.requireSession()).build());
        return outcome.getError() == ErrorCode.OK
                ? new Reply.DevicesOk(request.requestId(), outcome.getReply())
                : Answers.failure(request, outcome.getError(), outcome.getErrorMessage());
    }

    private Reply signedOut(Connection connection, Request.SignOut request) {
        var outcome = sessions.signOut(SignOutCall.newBuilder()
                .setSession(connection.requireSession())
                .setRequest(request.body())
                .build());
        return outcome.getError() == ErrorCode.OK
                ? new Reply.SignOutOk(request.requestId(), SignOutReply.getDefaultInstance())
                : Answers.failure(request, outcome.getError(), outcome.getErrorMessage());
    }

    @Override
    public void close() {
        answers.close();
    }
}
