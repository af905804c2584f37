package im.magpie.service.group;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.Group;
import im.magpie.codec.protocol.GroupReply;
import im.magpie.codec.protocol.GroupRequest;
import im.magpie.codec.protocol.JoinOutcome;
import im.magpie.codec.protocol.JoinRequest;
import im.magpie.codec.protocol.JoinRequestPage;
import im.magpie.common.error.MagpieException;
import im.magpie.service.membership.GroupKey;
import im.magpie.service.request.Actor;
import java.util.ArrayList;

/**
 * Does what is asked for of groups, for users and for business systems. What changes a group is answered when its event has its place in the timeline. Everything may
 * be repeated: what is so already is answered as if it had just been done.
 *
 * <p>Blocks; meant for virtual threads; safe for use by many.
 */
public final class GroupCommands {

    private final GroupFounding founding;
    private final GroupStaff staff;
    private final GroupDoor door;
    private final GroupRequests requests;
    private final GroupLinks links;
    private final GroupLists lists;
    private final GroupReaders readers;
    private final GroupLedger ledger;
    private final GroupTimeline timeline;

    GroupCommands(
            GroupFounding founding,
            GroupStaff staff,
            GroupDoor door,
            GroupRequests requests,
            GroupLinks links,
            GroupLists lists,
            GroupReaders readers,
            GroupLedger ledger,
            GroupTimeline timeline) {
        this.founding = founding;
        this.staff = staff;
        this.door = door;
        this.requests = requests;
        this.links = links;
        this.lists = lists;
        this.readers = readers;
        this.ledger = ledger;
        this.timeline = timeline;
    }

    /**
     * Does one operation.
     *
     * @throws MagpieException with what is wrong with it, or UNAVAILABLE: then it may have been done, and may be repeated
     */
    public GroupReply reply(Actor actor, GroupRequest request) {
        GroupRules.requireRequestId(request.getRequestId());
        return switch (request.getOperationCase()) {
            case CREATE -> created(actor, request);
            case CHANGE -> changed(actor, request, founding.change(actor, request.getChange()));
            case DISSOLVE -> changed(actor, request, founding.dissolve(actor));
            case TRANSFER -> changed(actor, request, founding.transfer(actor, request.getTransfer()));
            case APPOINT -> changed(actor, request, staff.appoint(actor, request.getAppoint()));
            case MUTE -> changed(actor, request, staff.mute(actor, request.getMute()));
            case RENAME -> changed(actor, request, staff.rename(actor, request.getRename()));
            case ADD -> changed(actor, request, door.add(actor, request.getAdd()));
            case REMOVE -> changed(actor, request, door.remove(actor, request.getRemove()));
            case LEAVE -> changed(actor, request, GroupDoor.leave(actor));
            case GET ->
                GroupReply.newBuilder()
                        .setGroup(lists.get(actor, key(actor, request)))
                        .build();
            case LIST ->
                GroupReply.newBuilder()
                        .setGroups(lists.groups(actor, request.getList()))
                        .build();
            case MEMBERS ->
                GroupReply.newBuilder()
                        .setMembers(lists.members(actor, key(actor, request), request.getMembers()))
                        .build();
            case JOIN -> joined(actor, request);
            case REQUESTS ->
                GroupReply.newBuilder().setRequests(requests(actor, request)).build();
            case DECIDE -> decided(actor, request);
            case MAKE_LINK ->
                GroupReply.newBuilder()
                        .setLink(links.make(actor, key(actor, request), request.getMakeLink()))
                        .build();
            case REVOKE_LINK -> changed(actor, request, links.revoke(actor, request.getRevokeLink()));
            case READERS ->
                GroupReply.newBuilder()
                        .setReaders(readers.of(actor, key(actor, request), request.getReaders()))
                        .build();
            case OPERATION_NOT_SET ->
                throw new MagpieException(ErrorCode.INVALID_REQUEST, "the request names no operation");
        };
    }

    private GroupReply created(Actor actor, GroupRequest request) {
        return group(actor, founding.create(actor, request.getGroupId(), request.getRequestId(), request.getCreate()));
    }

    /** Who is not in now has asked to be let in. */
    private GroupReply joined(Actor actor, GroupRequest request) {
        var join = request.getJoin();
        var key = links.group(actor, request.getGroupId(), join);
        var news = new ArrayList<JoinRequest>();
        var group = done(actor, key, ledger.change(key, origin(actor, request), door.join(actor, join, news::add)));
        news.forEach(asked -> requests.tell(key, asked));
        var outcome = JoinOutcome.newBuilder().setJoined(group.hasSelf());
        return GroupReply.newBuilder()
                .setJoined(group.hasSelf() ? outcome.setGroup(group) : outcome)
                .build();
    }

    private GroupReply decided(Actor actor, GroupRequest request) {
        var news = new ArrayList<JoinRequest>();
        var reply = changed(actor, request, door.decide(actor, request.getDecide(), news::add));
        news.forEach(decision -> requests.tell(key(actor, request), decision));
        return reply;
    }

    private JoinRequestPage requests(Actor actor, GroupRequest request) {
        return request.getGroupId().isEmpty()
                ? requests.own(actor, request.getRequests())
                : requests.list(actor, key(actor, request), request.getRequests());
    }

    private GroupReply changed(Actor actor, GroupRequest request, GroupLedger.Operation operation) {
        return group(actor, ledger.change(key(actor, request), origin(actor, request), operation));
    }

    private GroupReply group(Actor actor, Group group) {
        var key = new GroupKey(actor.appId(), group.getGroupId());
        return GroupReply.newBuilder().setGroup(done(actor, key, group)).build();
    }

    private Group done(Actor actor, GroupKey key, Group group) {
        timeline.append(key);
        return lists.withSelf(actor, key, group);
    }

    private static GroupLedger.Request origin(Actor actor, GroupRequest request) {
        return new GroupLedger.Request(actor.userId(), request.getRequestId());
    }

    private static GroupKey key(Actor actor, GroupRequest request) {
        return GroupRules.key(actor, request.getGroupId());
    }
}
