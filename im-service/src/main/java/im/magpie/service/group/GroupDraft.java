package im.magpie.service.group;

import im.magpie.service.membership.GroupKey;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.Group;
import im.magpie.codec.protocol.GroupRole;
import im.magpie.common.error.MagpieException;
import im.magpie.service.membership.Member;
import im.magpie.service.membership.MembershipMapper;
import java.util.Collection;
import java.util.List;
import java.util.stream.Gatherers;
import org.jspecify.annotations.Nullable;

/** A group in the hands of one operation: locked, and about to have its next version. For one thread, within its transaction. */
final class GroupDraft {

    private static final int ROWS_PER_STATEMENT = 500;

    private final GroupKey key;
    private final GroupMemberMapper members;
    private final MembershipMapper rows;
    private final long now;
    private final Group.Builder group;

    /** @param now unix milliseconds */
    GroupDraft(GroupKey key, Group group, GroupMemberMapper members, MembershipMapper rows, long now) {
        this.key = key;
        this.group = group.toBuilder().setVersion(group.getVersion() + 1);
        this.members = members;
        this.rows = rows;
        this.now = now;
    }

    /** Returns the group as it will be, to be changed. */
    Group.Builder group() {
        return group;
    }

    GroupKey key() {
        return key;
    }

    long now() {
        return now;
    }

    @Nullable
    MemberRow member(String userId) {
        return members.find(key, userId);
    }

    /** @throws MagpieException NOT_FOUND */
    MemberRow require(String userId) {
        var member = member(userId);
        if (member == null) {
            throw new MagpieException(ErrorCode.NOT_FOUND, userId + " is not in this group");
        }
        return member;
    }

    /** Returns those of these users who are members, in any order. */
    List<MemberRow> among(Collection<String> userIds) {
        return userIds.stream()
                .gather(Gatherers.windowFixed(ROWS_PER_STATEMENT))
                .flatMap(some -> members.among(key, some).stream())
                .toList();
    }

    /** Takes users in, none of whom is a member. */
    void come(Collection<String> userIds, GroupRole role) {
        userIds.stream().gather(Gatherers.windowFixed(ROWS_PER_STATEMENT)).forEach(some -> {
            rows.insertMissing(some.stream()
                    .map(id -> new Member(key.user(id), key.conversationId()))
                    .toList());
            members.insert(
                    key,
                    group.getVersion(),
                    some.stream()
                            .map(id -> new MemberRow(id, role.getNumber(), "", 0, now))
                            .toList());
        });
        group.setMemberCount(group.getMemberCount() + userIds.size());
    }

    /** Lets members go. */
    void go(Collection<String> userIds) {
        userIds.stream()
                .gather(Gatherers.windowFixed(ROWS_PER_STATEMENT))
                .forEach(some -> members.end(key, group.getVersion(), some));
        group.setMemberCount(group.getMemberCount() - userIds.size());
    }

    void put(MemberRow member) {
        members.update(key, member);
    }
}
