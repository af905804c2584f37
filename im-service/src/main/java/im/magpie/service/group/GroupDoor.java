package im.magpie.service.group;

import static java.util.stream.Collectors.toSet;

import im.magpie.codec.protocol.AddMembers;
import im.magpie.codec.protocol.DecideJoinRequest;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.GroupEvent;
import im.magpie.codec.protocol.GroupRole;
import im.magpie.codec.protocol.JoinGroup;
import im.magpie.codec.protocol.JoinPolicy;
import im.magpie.codec.protocol.JoinRequest;
import im.magpie.codec.protocol.MembersCame;
import im.magpie.codec.protocol.MembersWent;
import im.magpie.codec.protocol.RemoveMembers;
import im.magpie.common.error.MagpieException;
import im.magpie.service.request.Actor;
import im.magpie.service.request.Rules;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** Who comes into groups, and who goes. Safe for use by many threads. */
final class GroupDoor {

    private final Newcomers newcomers;
    private final GroupRequests requests;
    private final GroupLinks links;

    GroupDoor(Newcomers newcomers, GroupRequests requests, GroupLinks links) {
        this.newcomers = newcomers;
        this.requests = requests;
        this.links = links;
    }

    /** Members bring others in, as far as the group lets them; those who are in already stay as they are. */
    GroupLedger.Operation add(Actor actor, AddMembers add) {
        GroupRules.requireUsers(add.getUserIdsList());
        return draft -> {
            GroupRights.of(draft, actor.userId()).requireInvite(draft.group().getInvitePolicy());
            var there = draft.among(add.getUserIdsList()).stream()
                    .map(MemberRow::userId)
                    .collect(toSet());
            var coming = add.getUserIdsList().stream()
                    .filter(id -> !there.contains(id))
                    .toList();
            if (coming.isEmpty()) {
                return null;
            }
            newcomers.require(actor, coming);
            return GroupEvent.newBuilder().setAdded(come(draft, coming));
        };
    }

    /**
     * Somebody comes in by himself: at once where the group is open or by a link, and else he asks to be let in.
     *
     * @param news takes what is to be told of his request, once it is committed
     */
    GroupLedger.Operation join(Actor actor, JoinGroup join, Consumer<JoinRequest> news) {
        Rules.requireUserId(actor.userId());
        GroupRules.requireMessage(join.getMessage());
        return draft -> {
            if (draft.member(actor.userId()) != null) {
                return null;
            }
            if (!join.getToken().isEmpty()) {
                links.requireGood(draft, join.getToken());
            } else if (draft.group().getJoinPolicy() != JoinPolicy.OPEN) {
                var asked = requests.put(draft, actor.userId(), join.getMessage());
                if (asked != null) {
                    news.accept(asked);
                }
                return null;
            }
            return joined(draft, actor.userId());
        };
    }

    /**
     * An admin lets somebody in who has asked for it, or turns him away.
     *
     * @param news takes what is to be told of it, once it is committed
     */
    GroupLedger.Operation decide(Actor actor, DecideJoinRequest decision, Consumer<JoinRequest> news) {
        Rules.requireUserId(decision.getUserId());
        return draft -> {
            GroupRights.of(draft, actor.userId()).require(GroupRole.ADMIN);
            var decided = requests.decide(draft, decision.getUserId(), decision.getAccept());
            if (decided != null) {
                news.accept(decided);
            }
            if (!decision.getAccept() || draft.member(decision.getUserId()) != null) {
                return null;
            }
            if (decided == null) {
                throw new MagpieException(ErrorCode.NOT_FOUND, decision.getUserId() + " does not ask to be let in");
            }
            return joined(draft, decision.getUserId());
        };
    }

    private GroupEvent.Builder joined(GroupDraft draft, String userId) {
        newcomers.requireWilling(draft.key().appId(), List.of(userId));
        return GroupEvent.newBuilder().setJoined(come(draft, List.of(userId)));
    }

    private MembersCame come(GroupDraft draft, List<String> coming) {
        newcomers.requireRoom(draft, coming.size());
        draft.come(coming, GroupRole.MEMBER);
        return MembersCame.newBuilder()
                .addAllUserIds(coming)
                .setOpenHistory(draft.group().getOpenHistory())
                .build();
    }

    /** Admins send members away who are of a lower rank; those who are gone already stay so. */
    GroupLedger.Operation remove(Actor actor, RemoveMembers remove) {
        GroupRules.requireUsers(remove.getUserIdsList());
        return draft -> {
            var rights = GroupRights.of(draft, actor.userId());
            rights.require(GroupRole.ADMIN);
            var there = draft.among(remove.getUserIdsList());
            there.forEach(rights::requireOver);
            requireNoOwner(there);
            return there.isEmpty() ? null : GroupEvent.newBuilder().setRemoved(go(draft, there));
        };
    }

    /** A member goes; the owner transfers the group first. Who is gone already stays so. */
    static GroupLedger.Operation leave(Actor actor) {
        Rules.requireUserId(actor.userId());
        return draft -> {
            var member = draft.member(actor.userId());
            if (member == null) {
                requireHasBeen(draft, actor.userId());
                return null;
            }
            requireNoOwner(List.of(member));
            return GroupEvent.newBuilder().setLeft(go(draft, List.of(member)));
        };
    }

    private static void requireHasBeen(GroupDraft draft, String userId) {
        if (!draft.hasBeen(userId)) {
            throw new MagpieException(ErrorCode.NOT_A_PARTICIPANT, userId + " has never been in this group");
        }
    }

    private static void requireNoOwner(Collection<MemberRow> going) {
        if (going.stream().anyMatch(member -> member.rank() == GroupRole.OWNER)) {
            throw new MagpieException(ErrorCode.FORBIDDEN, "the owner transfers the group first, or dissolves it");
        }
    }

    private static MembersWent go(GroupDraft draft, Collection<MemberRow> going) {
        var ids = going.stream().map(MemberRow::userId).toList();
        draft.go(ids);
        return MembersWent.newBuilder().addAllUserIds(ids).build();
    }
}
