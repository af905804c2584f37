package im.magpie.service.group;

import im.magpie.codec.protocol.AddMembers;
import im.magpie.codec.protocol.Appoint;
import im.magpie.codec.protocol.LeaveGroup;
import im.magpie.codec.protocol.ListMembers;
import im.magpie.codec.protocol.MuteMember;
import im.magpie.codec.protocol.RemoveMembers;
import im.magpie.codec.protocol.Rename;
import im.magpie.service.request.Actor;
import im.magpie.service.request.JsonRequest;
import im.magpie.service.usersig.Caller;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The members of groups, over HTTP. */
@RestController
@RequestMapping(path = "/v1/groups/{groupId}/members", produces = MediaType.APPLICATION_JSON_VALUE)
class GroupMemberController {

    private final GroupCalls calls;

    GroupMemberController(GroupCalls calls) {
        this.calls = calls;
    }

    @GetMapping
    String list(
            Caller caller,
            @PathVariable String groupId,
            @RequestParam(defaultValue = "") String after,
            @RequestParam(defaultValue = "0") int limit) {
        var asked = ListMembers.newBuilder().setAfter(after).setLimit(limit).build();
        return calls.call(caller, groupId, request -> request.setMembers(asked));
    }

    @PostMapping
    String add(Caller caller, @PathVariable String groupId, @RequestBody byte[] body) {
        var added = JsonRequest.read(body, AddMembers.getDefaultInstance());
        return calls.call(caller, groupId, request -> request.setAdd(added));
    }

    /** Who removes himself leaves. */
    @DeleteMapping("/{userId}")
    String remove(Caller caller, @PathVariable String groupId, @PathVariable String userId) {
        if (Actor.of(caller).userId().equals(userId)) {
            return calls.call(caller, groupId, request -> request.setLeave(LeaveGroup.getDefaultInstance()));
        }
        var removed = RemoveMembers.newBuilder().addUserIds(userId).build();
        return calls.call(caller, groupId, request -> request.setRemove(removed));
    }

    @PutMapping("/{userId}/role")
    String appoint(Caller caller, @PathVariable String groupId, @PathVariable String userId, @RequestBody byte[] body) {
        var role =
                JsonRequest.read(body, Appoint.getDefaultInstance()).toBuilder().setUserId(userId);
        return calls.call(caller, groupId, request -> request.setAppoint(role));
    }

    @PutMapping("/{userId}/mute")
    String mute(Caller caller, @PathVariable String groupId, @PathVariable String userId, @RequestBody byte[] body) {
        var mute = JsonRequest.read(body, MuteMember.getDefaultInstance()).toBuilder()
                .setUserId(userId);
        return calls.call(caller, groupId, request -> request.setMute(mute));
    }

    @PutMapping("/{userId}/nickname")
    String rename(Caller caller, @PathVariable String groupId, @PathVariable String userId, @RequestBody byte[] body) {
        var name =
                JsonRequest.read(body, Rename.getDefaultInstance()).toBuilder().setUserId(userId);
        return calls.call(caller, groupId, request -> request.setRename(name));
    }
}
