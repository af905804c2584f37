package im.magpie.service.group;

import static java.util.stream.Collectors.toMap;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.Group;
import im.magpie.codec.protocol.GroupPage;
import im.magpie.codec.protocol.ListGroups;
import im.magpie.codec.protocol.ListMembers;
import im.magpie.codec.protocol.MemberPage;
import im.magpie.common.error.MagpieException;
import im.magpie.common.user.UserKey;
import im.magpie.service.membership.GroupKey;
import im.magpie.service.request.Actor;
import im.magpie.service.request.Rules;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What there is to see of groups. Blocks; safe for use by many threads. */
final class GroupLists {

    private final GroupMapper groups;
    private final GroupMemberMapper members;

    GroupLists(GroupMapper groups, GroupMemberMapper members) {
        this.groups = groups;
        this.members = members;
    }

    /** @throws MagpieException NOT_FOUND when there is no such group, NOT_A_PARTICIPANT when the user is not in it */
    Group get(Actor actor, GroupKey key) {
        var row = groups.find(key);
        if (row == null) {
            throw new MagpieException(ErrorCode.NOT_FOUND, "there is no such group");
        }
        var self = self(actor, key);
        if (self == null && !actor.isBusinessSystem()) {
            throw new MagpieException(ErrorCode.NOT_A_PARTICIPANT, actor.userId() + " is not in this group");
        }
        return with(row.toGroup(), self);
    }

    /** Returns what the actor may know of the group, with what he himself is in it now: who is not in it is told its names only. */
    Group withSelf(Actor actor, GroupKey key, Group group) {
        var self = self(actor, key);
        return self == null && !actor.isBusinessSystem()
                ? Group.newBuilder()
                        .setGroupId(group.getGroupId())
                        .setConversationId(group.getConversationId())
                        .build()
                : with(group, self);
    }

    private @Nullable MemberRow self(Actor actor, GroupKey key) {
        return actor.isBusinessSystem() ? null : members.find(key, actor.userId());
    }

    private static Group with(Group group, @Nullable MemberRow self) {
        return self == null
                ? group
                : group.toBuilder().setSelf(self.toProtocol()).build();
    }

    /** Returns the groups that a user is in. */
    GroupPage groups(Actor actor, ListGroups request) {
        Rules.requireUserId(actor.userId());
        var limit = Rules.limit(request.getLimit());
        var user = actor.user();
        var rows = groups.ofUser(user, request.getAfter(), limit + 1);
        return GroupPage.newBuilder()
                .addAllGroups(withSelf(user, page(rows, limit)))
                .setMore(rows.size() > limit)
                .build();
    }

    private List<Group> withSelf(UserKey user, List<GroupRow> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        var selves = members.ofUser(user, rows.stream().map(GroupRow::groupId).toList()).stream()
                .collect(toMap(GroupMemberMapper.OfUser::groupId, GroupMemberMapper.OfUser::member));
        return rows.stream()
                .map(row -> with(row.toGroup(), selves.get(row.groupId())))
                .toList();
    }

    /** @throws MagpieException as {@link #get} does */
    MemberPage members(Actor actor, GroupKey key, ListMembers request) {
        get(actor, key);
        var limit = Rules.limit(request.getLimit());
        var rows = members.page(key, request.getAfter(), limit + 1);
        return MemberPage.newBuilder()
                .addAllMembers(
                        page(rows, limit).stream().map(MemberRow::toProtocol).toList())
                .setMore(rows.size() > limit)
                .build();
    }

    private static <T> List<T> page(List<T> rows, int limit) {
        return rows.subList(0, Math.min(rows.size(), limit));
    }
}
