package im.magpie.service.group;

import com.google.protobuf.InvalidProtocolBufferException;
import im.magpie.codec.body.JsonBody;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.GroupRequest;
import im.magpie.common.error.MagpieException;
import im.magpie.service.usersig.Caller;
import io.netty.buffer.Unpooled;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Operations on groups over HTTP: the same requests and replies as those of the command GROUP, in JSON. */
@RestController
@RequestMapping("/v1/groups")
class GroupController {

    private final GroupCommands commands;

    GroupController(GroupCommands commands) {
        this.commands = commands;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
    String call(Caller caller, @RequestBody byte[] body) {
        return JsonBody.print(commands.reply(actor(caller), request(body)));
    }

    private static Actor actor(Caller caller) {
        return switch (caller) {
            case Caller.User user -> Actor.of(user.key());
            case Caller.Admin admin -> Actor.businessSystem(admin.appId());
        };
    }

    private static GroupRequest request(byte[] body) {
        try {
            return JsonBody.ofUtf8(Unpooled.wrappedBuffer(body)).as(GroupRequest.getDefaultInstance());
        } catch (InvalidProtocolBufferException e) {
            throw new MagpieException(ErrorCode.MALFORMED_BODY, "no GroupRequest in JSON", e);
        }
    }
}
