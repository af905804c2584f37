package im.magpie.tcp.group;

import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.rpc.GroupCall;
import im.magpie.common.rpc.Groups;
import im.magpie.tcp.connection.Answers;
import im.magpie.tcp.connection.Connection;

/**
 * Answers GROUP by what the services say. Workers of their own: what changes a group waits for the database. Safe for use
 * by many threads.
 */
public final class GroupCalls implements AutoCloseable {

    private final Groups groups;
    private final Answers answers;

    public GroupCalls(GroupSettings settings, Groups groups) {
        this.groups = groups;
        this.answers = new Answers("groups", settings.workers());
    }

    /** Answers a GROUP; never blocks. */
    public void call(Connection connection, Request.Group request) {
        answers.give(connection, request, () -> called(connection, request));
    }

    private Reply called(Connection connection, Request.Group request) {
        var outcome = groups.call(GroupCall.newBuilder()
                .setSession(connection.requireSession())
                .setRequest(request.body())
                .build());
        return outcome.getError() == ErrorCode.OK
                ? new Reply.GroupOk(request.requestId(), outcome.getReply())
                : Answers.failure(request, outcome.getError(), outcome.getErrorMessage());
    }

    @Override
    public void close() {
        answers.close();
    }
}
