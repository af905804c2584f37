package im.magpie.service.group;

import com.google.protobuf.ByteString;
import im.magpie.codec.id.RandomIds;
import im.magpie.codec.protocol.CreateGroup;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.Group;
import im.magpie.codec.protocol.GroupChanged;
import im.magpie.codec.protocol.GroupEvent;
import im.magpie.codec.protocol.GroupRole;
import im.magpie.codec.protocol.InvitePolicy;
import im.magpie.codec.protocol.JoinPolicy;
import im.magpie.codec.protocol.MembersCame;
import im.magpie.codec.protocol.MembersChanged;
import im.magpie.codec.protocol.MentionPolicy;
import im.magpie.codec.protocol.Transfer;
import im.magpie.common.error.MagpieException;
import im.magpie.service.membership.GroupKey;
import im.magpie.service.request.Actor;
import im.magpie.service.request.Rules;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.LongSupplier;

/** Makes groups, and does what their owners do with them. Safe for use by many threads. */
final class GroupFounding {

    private final GroupLedger ledger;
    private final GroupMapper groups;
    private final Newcomers newcomers;
    private final LongSupplier clock;

    /** @param clock the server's, unix milliseconds */
    GroupFounding(GroupLedger ledger, GroupMapper groups, Newcomers newcomers, LongSupplier clock) {
        this.ledger = ledger;
        this.groups = groups;
        this.newcomers = newcomers;
        this.clock = clock;
    }

    /**
     * Makes a group of its owner and its first members.
     *
     * @throws MagpieException FORBIDDEN when there is another group of this id; as {@link Newcomers#require} does
     */
    Group create(Actor actor, String groupId, ByteString requestId, CreateGroup wanted) {
        var owner = actor.isBusinessSystem() ? wanted.getOwnerId() : actor.userId();
        var members = new LinkedHashSet<>(List.of(owner));
        members.addAll(wanted.getMemberIdsList());
        GroupRules.requireNew(wanted);
        GroupRules.requireUsers(members);
        var key = GroupRules.key(actor, groupId.isEmpty() ? RandomIds.next() : groupId);
        var request = new GroupLedger.Request(actor.userId(), requestId);
        var made = ledger.create(key, request, group(key, owner, wanted), draft -> {
            newcomers.require(actor, members);
            newcomers.requireRoom(draft, members.size());
            draft.come(List.of(owner), GroupRole.OWNER);
            draft.come(members.stream().filter(id -> !id.equals(owner)).toList(), GroupRole.MEMBER);
            return GroupEvent.newBuilder()
                    .setCreated(MembersCame.newBuilder().addAllUserIds(members).setName(wanted.getName()));
        });
        return made == null ? requireOwn(key, owner, request) : made;
    }

    private Group requireOwn(GroupKey key, String owner, GroupLedger.Request request) {
        var there = groups.find(key);
        if (there == null || !(there.ownerId().equals(owner) || ledger.isDone(key, request))) {
            throw new MagpieException(ErrorCode.FORBIDDEN, "there is another group of this id");
        }
        return there.toGroup();
    }

    private Group group(GroupKey key, String owner, CreateGroup wanted) {
        return Group.newBuilder()
                .setGroupId(key.groupId())
                .setConversationId(key.conversationId())
                .setName(wanted.getName())
                .setAvatarUrl(wanted.getAvatarUrl())
                .setOwnerId(owner)
                .setJoinPolicy(
                        wanted.getJoinPolicy() == JoinPolicy.JOIN_POLICY_UNSPECIFIED
                                ? JoinPolicy.APPROVAL
                                : wanted.getJoinPolicy())
                .setInvitePolicy(
                        wanted.getInvitePolicy() == InvitePolicy.INVITE_POLICY_UNSPECIFIED
                                ? InvitePolicy.EVERYBODY_INVITES
                                : wanted.getInvitePolicy())
                .setMentionPolicy(
                        wanted.getMentionPolicy() == MentionPolicy.MENTION_POLICY_UNSPECIFIED
                                ? MentionPolicy.ADMINS_MENTION_ALL
                                : wanted.getMentionPolicy())
                .setOpenHistory(wanted.getOpenHistory())
                .setCreatedTime(clock.getAsLong())
                .build();
    }

    /** What members see of a group its admins change. */
    GroupLedger.Operation change(Actor actor, GroupChanged change) {
        GroupRules.requireChange(change);
        return draft -> {
            GroupRights.of(draft, actor.userId()).require(GroupRole.ADMIN);
            var before = draft.group().build();
            apply(change, draft.group());
            return draft.group().build().equals(before)
                    ? null
                    : GroupEvent.newBuilder().setChanged(change);
        };
    }

    private static void apply(GroupChanged change, Group.Builder group) {
        if (change.hasName()) {
            group.setName(change.getName());
        }
        if (change.hasAvatarUrl()) {
            group.setAvatarUrl(change.getAvatarUrl());
        }
        if (change.hasAnnouncement()) {
            group.setAnnouncement(change.getAnnouncement());
        }
        if (change.hasMuted()) {
            group.setMuted(change.getMuted());
        }
        if (change.hasJoinPolicy()) {
            group.setJoinPolicy(change.getJoinPolicy());
        }
        if (change.hasInvitePolicy()) {
            group.setInvitePolicy(change.getInvitePolicy());
        }
        if (change.hasMentionPolicy()) {
            group.setMentionPolicy(change.getMentionPolicy());
        }
        if (change.hasOpenHistory()) {
            group.setOpenHistory(change.getOpenHistory());
        }
    }

    /** The group's last event: nobody writes to it any more, and everybody keeps what he has read. */
    GroupLedger.Operation dissolve(Actor actor) {
        return draft -> {
            GroupRights.of(draft, actor.userId()).require(GroupRole.OWNER);
            if (draft.group().getDissolved()) {
                return null;
            }
            draft.dissolve();
            return GroupEvent.newBuilder().setDissolved(true);
        };
    }

    /** Another member becomes the owner, and the one before an admin, who may say so again. */
    GroupLedger.Operation transfer(Actor actor, Transfer to) {
        Rules.requireUserId(to.getUserId());
        return draft -> {
            var isDone = draft.group().getOwnerId().equals(to.getUserId());
            if (isDone && draft.wasOwnedBy(actor.userId())) {
                return null;
            }
            GroupRights.of(draft, actor.userId()).require(GroupRole.OWNER);
            if (isDone) {
                return null;
            }
            return transfer(draft, draft.require(to.getUserId()));
        };
    }

    private static GroupEvent.Builder transfer(GroupDraft draft, MemberRow next) {
        var changed = new ArrayList<MemberRow>();
        changed.add(next.with(GroupRole.OWNER));
        var before = draft.member(draft.group().getOwnerId());
        if (before != null) {
            changed.add(before.with(GroupRole.ADMIN));
        }
        changed.forEach(draft::put);
        draft.passTo(next.userId());
        return GroupEvent.newBuilder().setTransferred(members(changed));
    }

    /** Who owns the group passes it to whoever comes next in it; where nobody does, it is dissolved. */
    static GroupLedger.Operation passOn(String ownerId) {
        return draft -> {
            if (!draft.group().getOwnerId().equals(ownerId)) {
                return null;
            }
            var next = draft.eldest();
            if (next == null) {
                draft.dissolve();
                return GroupEvent.newBuilder().setDissolved(true);
            }
            return transfer(draft, next);
        };
    }

    static MembersChanged members(List<MemberRow> changed) {
        return MembersChanged.newBuilder()
                .addAllMembers(changed.stream().map(MemberRow::toProtocol).toList())
                .build();
    }
}
