package im.magpie.tcp.timeline;

import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Reply.Failure;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.ConfigureReply;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.rpc.ConfigureCall;
import im.magpie.common.rpc.PullCall;
import im.magpie.common.rpc.SyncCall;
import im.magpie.common.rpc.Timelines;
import im.magpie.tcp.connection.Answers;
import im.magpie.tcp.connection.Connection;
import im.magpie.tcp.group.GroupIndex;

/**
 * Answers SYNC, PULL and CONFIGURE, each as soon as the services have answered it, in whatever order. Safe for use by many
 * threads.
 */
public final class Reading implements AutoCloseable {

    private static final int MAX_RANGES = 200;

    private final Timelines timelines;
    private final GroupIndex groups;
    private final Answers answers;

    /** @param groups hears of what users are in */
    public Reading(ReadingSettings settings, Timelines timelines, GroupIndex groups) {
        this.timelines = timelines;
        this.groups = groups;
        this.answers = new Answers("reading", settings.workers());
    }

    /** Answers a SYNC; never blocks. */
    public void sync(Connection connection, Request.Sync request) {
        answers.give(connection, request, () -> synced(connection, request));
    }

    /** Answers a PULL; never blocks. */
    public void pull(Connection connection, Request.Pull request) {
        var ranges = request.body().getRangesList();
        if (ranges.size() > MAX_RANGES) {
            connection.write(
                    Failure.of(request, ErrorCode.INVALID_REQUEST, "more than %d ranges".formatted(MAX_RANGES)));
        } else if (!ranges.stream().allMatch(range -> ConversationNames.valid(range.getConversationId()))) {
            connection.write(Failure.of(request, ErrorCode.INVALID_CONVERSATION, "not a conversation's name"));
        } else {
            answers.give(connection, request, () -> pulled(connection, request));
        }
    }

    /** Answers a CONFIGURE; never blocks. */
    public void configure(Connection connection, Request.Configure request) {
        if (ConversationNames.valid(request.body().getConversationId())) {
            answers.give(connection, request, () -> configured(connection, request));
        } else {
            connection.write(Failure.of(request, ErrorCode.INVALID_CONVERSATION, "not a conversation's name"));
        }
    }

    private Reply configured(Connection connection, Request.Configure request) {
        var outcome = timelines.configure(ConfigureCall.newBuilder()
                .setSession(connection.requireSession())
                .setRequest(request.body())
                .build());
        var reply = ConfigureReply.newBuilder().setSettings(outcome.getSettings());
        return outcome.getError() == ErrorCode.OK
                ? new Reply.ConfigureOk(request.requestId(), reply.build())
                : Answers.failure(request, outcome.getError(), outcome.getErrorMessage());
    }

    private Reply synced(Connection connection, Request.Sync request) {
        var outcome = timelines.sync(SyncCall.newBuilder()
                .setSession(connection.requireSession())
                .setRequest(request.body())
                .build());
        if (outcome.getError() != ErrorCode.OK) {
            return Answers.failure(request, outcome.getError(), outcome.getErrorMessage());
        }
        groups.synced(connection, outcome);
        return new Reply.SyncOk(request.requestId(), outcome.getReply());
    }

    private Reply pulled(Connection connection, Request.Pull request) {
        var outcome = timelines.pull(PullCall.newBuilder()
                .setSession(connection.requireSession())
                .setRequest(request.body())
                .build());
        return outcome.getError() == ErrorCode.OK
                ? new Reply.PullOk(request.requestId(), outcome.getReply())
                : Answers.failure(request, outcome.getError(), outcome.getErrorMessage());
    }

    /** Returns how many calls are under way. */
    public int active() {
        return answers.active();
    }

    /** Returns how many requests wait for one. */
    public int waiting() {
        return answers.waiting();
    }

    @Override
    public void close() {
        answers.close();
    }
}
