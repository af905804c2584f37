package im.magpie.service.group;

import im.magpie.codec.protocol.DecideJoinRequest;
import im.magpie.codec.protocol.JoinGroup;
import im.magpie.codec.protocol.ListJoinRequests;
import im.magpie.codec.protocol.MakeLink;
import im.magpie.codec.protocol.RevokeLink;
import im.magpie.service.request.Actor;
import im.magpie.service.request.JsonRequest;
import im.magpie.service.usersig.Caller;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How one comes into groups by himself, over HTTP: requests and links. */
@RestController
@RequestMapping(path = "/v1", produces = MediaType.APPLICATION_JSON_VALUE)
class GroupDoorController {

    private static final byte[] NO_BODY = {};

    private final GroupCalls calls;

    GroupDoorController(GroupCalls calls) {
        this.calls = calls;
    }

    /** Whoever has a link need not know of which group it is. */
    @PostMapping("/join")
    String joinByLink(Caller caller, @RequestBody byte[] body) {
        return join(caller, "", body);
    }

    @PostMapping("/groups/{groupId}/join")
    String join(Caller caller, @PathVariable String groupId, @RequestBody(required = false) byte[] body) {
        var join = JsonRequest.read(body == null ? NO_BODY : body, JoinGroup.getDefaultInstance());
        return calls.call(caller, groupId, request -> request.setJoin(join));
    }

    @GetMapping("/groups/{groupId}/requests")
    String requests(
            Caller caller,
            @PathVariable String groupId,
            @RequestParam(defaultValue = "") String after,
            @RequestParam(defaultValue = "0") int limit) {
        var asked =
                ListJoinRequests.newBuilder().setAfter(after).setLimit(limit).build();
        return calls.call(caller, groupId, request -> request.setRequests(asked));
    }

    @GetMapping("/users/{userId}/group-requests")
    String ownRequests(
            Caller caller,
            @PathVariable String userId,
            @RequestParam(defaultValue = "") String after,
            @RequestParam(defaultValue = "0") int limit) {
        var asked =
                ListJoinRequests.newBuilder().setAfter(after).setLimit(limit).build();
        return calls.call(Actor.of(caller.selfOrAdmin(userId)), "", request -> request.setRequests(asked));
    }

    @PostMapping("/groups/{groupId}/requests/{userId}")
    String decide(Caller caller, @PathVariable String groupId, @PathVariable String userId, @RequestBody byte[] body) {
        var decision = JsonRequest.read(body, DecideJoinRequest.getDefaultInstance()).toBuilder()
                .setUserId(userId);
        return calls.call(caller, groupId, request -> request.setDecide(decision));
    }

    @PostMapping("/groups/{groupId}/links")
    String makeLink(Caller caller, @PathVariable String groupId, @RequestBody(required = false) byte[] body) {
        var link = JsonRequest.read(body == null ? NO_BODY : body, MakeLink.getDefaultInstance());
        return calls.call(caller, groupId, request -> request.setMakeLink(link));
    }

    @DeleteMapping("/groups/{groupId}/links/{token}")
    String revokeLink(Caller caller, @PathVariable String groupId, @PathVariable String token) {
        var revoked = RevokeLink.newBuilder().setToken(token).build();
        return calls.call(caller, groupId, request -> request.setRevokeLink(revoked));
    }
}
