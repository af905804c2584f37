package im.magpie.service.group;

import com.google.protobuf.Message;
import im.magpie.codec.body.JsonBody;
import im.magpie.codec.protocol.GroupReply;
import im.magpie.codec.protocol.GroupRequest;
import im.magpie.service.request.Actor;
import im.magpie.service.usersig.Caller;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** What controllers have in common: a call is a {@link GroupRequest} of whoever calls, and what is answered is what its reply has, in JSON. */
@Component
final class GroupCalls {

    private final GroupCommands commands;

    GroupCalls(GroupCommands commands) {
        this.commands = commands;
    }

    /** Does an operation on a group for whoever calls, and returns what the reply has. */
    String call(Caller caller, String groupId, Consumer<GroupRequest.Builder> operation) {
        return call(Actor.of(caller), groupId, operation);
    }

    /** The same for somebody for whom the caller may act. */
    String call(Actor actor, String groupId, Consumer<GroupRequest.Builder> operation) {
        var request = GroupRequest.newBuilder().setGroupId(groupId);
        operation.accept(request);
        return JsonBody.print(result(commands.reply(actor, request.build())));
    }

    private static Message result(GroupReply reply) {
        return switch (reply.getResultCase()) {
            case GROUP -> reply.getGroup();
            case GROUPS -> reply.getGroups();
            case MEMBERS -> reply.getMembers();
            case REQUESTS -> reply.getRequests();
            case LINK -> reply.getLink();
            case READERS -> reply.getReaders();
            case JOINED -> reply.getJoined();
            case RESULT_NOT_SET -> throw new IllegalStateException("a reply without a result");
        };
    }
}
