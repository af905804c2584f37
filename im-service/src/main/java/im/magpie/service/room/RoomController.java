package im.magpie.service.room;

import im.magpie.codec.body.JsonBody;
import im.magpie.codec.id.UuidV7;
import im.magpie.codec.protocol.ChangeRoomUser;
import im.magpie.codec.protocol.CloseRoom;
import im.magpie.codec.protocol.CreateRoom;
import im.magpie.codec.protocol.GetRoom;
import im.magpie.codec.protocol.ListRoomUsers;
import im.magpie.codec.protocol.ReadRoom;
import im.magpie.codec.protocol.RoomChange;
import im.magpie.codec.protocol.RoomRequest;
import im.magpie.codec.protocol.RoomSendRequest;
import im.magpie.service.redis.RedisScripts;
import im.magpie.service.request.JsonRequest;
import im.magpie.service.usersig.Caller;
import java.util.stream.Collectors;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Rooms over HTTP: the same operations as those of the command ROOM, with the same bodies in JSON, and what only business systems do. */
@RestController
@RequestMapping(path = "/v1/rooms", produces = MediaType.APPLICATION_JSON_VALUE)
class RoomController {

    private final RoomCalls calls;
    private final RoomLists lists;
    private final RoomSpeech speech;
    private final RedisScripts scripts;

    RoomController(RoomCalls calls, RoomLists lists, RoomSpeech speech, RedisScripts scripts) {
        this.calls = calls;
        this.lists = lists;
        this.speech = speech;
        this.scripts = scripts;
    }

    /** Returns rooms of the app, in the order of their ids. */
    @GetMapping
    String list(
            Caller caller,
            @RequestParam(defaultValue = "false") boolean closed,
            @RequestParam(defaultValue = "") String after,
            @RequestParam(defaultValue = "0") int limit) {
        caller.requireAdmin();
        var page = lists.page(caller.appId(), closed, after, limit);
        return page.rooms().stream()
                .map(JsonBody::print)
                .collect(Collectors.joining(",", "{\"rooms\":[", "],\"more\":%b}".formatted(page.more())));
    }

    /** Takes any RoomRequest, and answers its RoomReply; or else a CreateRoom, and answers the room. */
    @PostMapping
    String post(Caller caller, @RequestBody byte[] body) {
        var request = JsonRequest.read(body, RoomRequest.getDefaultInstance());
        return request.getOperationCase() == RoomRequest.OperationCase.OPERATION_NOT_SET
                ? create(caller, request.getRoomId(), body)
                : JsonBody.print(calls.reply(caller, request));
    }

    @PutMapping("/{roomId}")
    String create(Caller caller, @PathVariable String roomId, @RequestBody byte[] body) {
        var wanted = JsonRequest.read(body, CreateRoom.getDefaultInstance());
        return calls.call(caller, roomId, request -> request.setCreate(wanted));
    }

    @GetMapping("/{roomId}")
    String get(Caller caller, @PathVariable String roomId) {
        return calls.call(caller, roomId, request -> request.setGet(GetRoom.getDefaultInstance()));
    }

    @PatchMapping("/{roomId}")
    String change(Caller caller, @PathVariable String roomId, @RequestBody byte[] body) {
        var change = JsonRequest.read(body, RoomChange.getDefaultInstance());
        return calls.call(caller, roomId, request -> request.setChange(change));
    }

    @DeleteMapping("/{roomId}")
    String close(Caller caller, @PathVariable String roomId) {
        return calls.call(caller, roomId, request -> request.setClose(CloseRoom.getDefaultInstance()));
    }

    @GetMapping("/{roomId}/users")
    String users(
            Caller caller,
            @PathVariable String roomId,
            @RequestParam(defaultValue = "") String after,
            @RequestParam(defaultValue = "0") int limit) {
        var asked = ListRoomUsers.newBuilder().setAfter(after).setLimit(limit).build();
        return calls.call(caller, roomId, request -> request.setUsers(asked));
    }

    @PatchMapping("/{roomId}/users/{userId}")
    String user(Caller caller, @PathVariable String roomId, @PathVariable String userId, @RequestBody byte[] body) {
        var change = JsonRequest.read(body, ChangeRoomUser.getDefaultInstance()).toBuilder()
                .setUserId(userId);
        return calls.call(caller, roomId, request -> request.setUser(change));
    }

    @GetMapping("/{roomId}/messages")
    String read(
            Caller caller,
            @PathVariable String roomId,
            @RequestParam(defaultValue = "") String before,
            @RequestParam(defaultValue = "0") int limit) {
        var asked = ReadRoom.newBuilder().setBefore(before).setLimit(limit).build();
        return calls.call(caller, roomId, request -> request.setRead(asked));
    }

    /** The business system says something. Where it names no client message id, the message has one of its own each time. */
    @PostMapping("/{roomId}/messages")
    String say(Caller caller, @PathVariable String roomId, @RequestBody byte[] body) {
        caller.requireAdmin();
        var request = JsonRequest.read(body, RoomSendRequest.getDefaultInstance()).toBuilder();
        if (request.getClientMessageId().isEmpty()) {
            request.setClientMessageId(UuidV7.next(scripts::timeMillis).toString());
        }
        return JsonBody.print(speech.say(new RoomKey(caller.appId(), roomId), request.build()));
    }
}
