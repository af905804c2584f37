package im.magpie.service.group;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import im.magpie.codec.body.JsonBody;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.GroupReply;
import im.magpie.codec.protocol.GroupRequest;
import im.magpie.common.error.MagpieException;
import im.magpie.service.usersig.Caller;
import io.netty.buffer.Unpooled;
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
        return call(actor(caller), groupId, operation);
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

    static Actor actor(Caller caller) {
        return switch (caller) {
            case Caller.User user -> Actor.of(user.key());
            case Caller.Admin admin -> Actor.businessSystem(admin.appId());
        };
    }

    /**
     * Reads a body, of which there need not be any.
     *
     * @throws MagpieException MALFORMED_BODY
     */
    static <M extends Message> M read(byte[] body, M prototype) {
        try {
            return JsonBody.ofUtf8(Unpooled.wrappedBuffer(body)).as(prototype);
        } catch (InvalidProtocolBufferException e) {
            var name = prototype.getDescriptorForType().getName();
            throw new MagpieException(ErrorCode.MALFORMED_BODY, "no %s in JSON".formatted(name), e);
        }
    }
}
