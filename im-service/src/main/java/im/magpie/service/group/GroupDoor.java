package im.magpie.service.group;

import static java.util.stream.Collectors.toSet;

import im.magpie.codec.protocol.AddMembers;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.GroupEvent;
import im.magpie.codec.protocol.GroupRole;
import im.magpie.codec.protocol.InvitePolicy;
import im.magpie.codec.protocol.MembersCame;
import im.magpie.codec.protocol.MembersWent;
import im.magpie.codec.protocol.RemoveMembers;
import im.magpie.common.error.MagpieException;
import java.util.Collection;
import java.util.List;

/** Who comes into groups, and who goes. Safe for use by many threads. */
final class GroupDoor {

    private final Newcomers newcomers;

    GroupDoor(Newcomers newcomers) {
        this.newcomers = newcomers;
    }

    /** Members bring others in, as far as the group lets them; those who are in already stay as they are. */
    GroupLedger.Operation add(Actor actor, AddMembers add) {
        GroupRules.requireUsers(add.getUserIdsList());
        newcomers.require(actor, add.getUserIdsList());
        return draft -> {
            var everybody = draft.group().getInvitePolicy() == InvitePolicy.EVERYBODY_INVITES;
            GroupRights.of(draft, actor.userId()).require(everybody ? GroupRole.MEMBER : GroupRole.ADMIN);
            var there = draft.among(add.getUserIdsList()).stream()
                    .map(MemberRow::userId)
                    .collect(toSet());
            var coming = add.getUserIdsList().stream()
                    .filter(id -> !there.contains(id))
                    .toList();
            return coming.isEmpty() ? null : GroupEvent.newBuilder().setAdded(come(draft, coming));
        };
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

    /** A member goes; the owner transfers the group first. */
    GroupLedger.Operation leave(Actor actor) {
        GroupRules.requireUserId(actor.userId());
        return draft -> {
            var member = draft.member(actor.userId());
            if (member == null) {
                return null;
            }
            requireNoOwner(List.of(member));
            return GroupEvent.newBuilder().setLeft(go(draft, List.of(member)));
        };
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
