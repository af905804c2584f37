package im.magpie.service.room;

import com.google.protobuf.Message;
import im.magpie.codec.body.JsonBody;
import im.magpie.codec.protocol.RoomReply;
import im.magpie.codec.protocol.RoomRequest;
import im.magpie.service.request.Actor;
import im.magpie.service.usersig.Caller;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** What controllers have in common: a call is a {@link RoomRequest} of whoever calls, and what is answered is what its reply has, in JSON. */
@Component
final class RoomCalls {

    private final RoomCommands commands;

    RoomCalls(RoomCommands commands) {
        this.commands = commands;
    }

    /** Does an operation on a room for whoever calls, and returns what the reply has. */
    String call(Caller caller, String roomId, Consumer<RoomRequest.Builder> operation) {
        var request = RoomRequest.newBuilder().setRoomId(roomId);
        operation.accept(request);
        return JsonBody.print(result(reply(caller, request.build())));
    }

    RoomReply reply(Caller caller, RoomRequest request) {
        return commands.reply(Actor.of(caller), request);
    }

    private static Message result(RoomReply reply) {
        return switch (reply.getResultCase()) {
            case ROOM -> reply.getRoom();
            case USER -> reply.getUser();
            case PAGE -> reply.getPage();
            case USERS -> reply.getUsers();
            case RESULT_NOT_SET -> throw new IllegalStateException("a reply without a result");
        };
    }
}
