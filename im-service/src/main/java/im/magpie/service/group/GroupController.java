package im.magpie.service.group;

import im.magpie.codec.body.JsonBody;
import im.magpie.codec.protocol.CreateGroup;
import im.magpie.codec.protocol.Dissolve;
import im.magpie.codec.protocol.GetGroup;
import im.magpie.codec.protocol.GroupChanged;
import im.magpie.codec.protocol.GroupRequest;
import im.magpie.codec.protocol.ListGroups;
import im.magpie.codec.protocol.ListReaders;
import im.magpie.codec.protocol.Transfer;
import im.magpie.service.request.Actor;
import im.magpie.service.request.JsonRequest;
import im.magpie.service.usersig.Caller;
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

/** Groups over HTTP: the same operations as those of the command GROUP, with the same bodies in JSON. */
@RestController
@RequestMapping(path = "/v1", produces = MediaType.APPLICATION_JSON_VALUE)
class GroupController {

    private final GroupCommands commands;
    private final GroupCalls calls;

    GroupController(GroupCommands commands, GroupCalls calls) {
        this.commands = commands;
        this.calls = calls;
    }

    /** Takes any GroupRequest, and answers its GroupReply; or else a CreateGroup, and answers the group. */
    @PostMapping("/groups")
    String post(Caller caller, @RequestBody byte[] body) {
        var request = JsonRequest.read(body, GroupRequest.getDefaultInstance());
        return request.getOperationCase() == GroupRequest.OperationCase.OPERATION_NOT_SET
                ? create(caller, request.getGroupId(), body)
                : JsonBody.print(commands.reply(Actor.of(caller), request));
    }

    @PutMapping("/groups/{groupId}")
    String create(Caller caller, @PathVariable String groupId, @RequestBody byte[] body) {
        var wanted = JsonRequest.read(body, CreateGroup.getDefaultInstance());
        return calls.call(caller, groupId, request -> request.setCreate(wanted));
    }

    @GetMapping("/groups/{groupId}")
    String get(Caller caller, @PathVariable String groupId) {
        return calls.call(caller, groupId, request -> request.setGet(GetGroup.getDefaultInstance()));
    }

    @PatchMapping("/groups/{groupId}")
    String change(Caller caller, @PathVariable String groupId, @RequestBody byte[] body) {
        var change = JsonRequest.read(body, GroupChanged.getDefaultInstance());
        return calls.call(caller, groupId, request -> request.setChange(change));
    }

    @DeleteMapping("/groups/{groupId}")
    String dissolve(Caller caller, @PathVariable String groupId) {
        return calls.call(caller, groupId, request -> request.setDissolve(Dissolve.getDefaultInstance()));
    }

    @PostMapping("/groups/{groupId}/transfer")
    String transfer(Caller caller, @PathVariable String groupId, @RequestBody byte[] body) {
        var transfer = JsonRequest.read(body, Transfer.getDefaultInstance());
        return calls.call(caller, groupId, request -> request.setTransfer(transfer));
    }

    @GetMapping("/groups/{groupId}/messages/{sequence}/readers")
    String readers(Caller caller, @PathVariable String groupId, @PathVariable long sequence) {
        var asked = ListReaders.newBuilder().setSequence(sequence).build();
        return calls.call(caller, groupId, request -> request.setReaders(asked));
    }

    @GetMapping("/users/{userId}/groups")
    String ofUser(
            Caller caller,
            @PathVariable String userId,
            @RequestParam(defaultValue = "") String after,
            @RequestParam(defaultValue = "0") int limit) {
        var asked = ListGroups.newBuilder().setAfter(after).setLimit(limit).build();
        return calls.call(Actor.of(caller.selfOrAdmin(userId)), "", request -> request.setList(asked));
    }
}
