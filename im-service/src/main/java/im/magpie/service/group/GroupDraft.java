package im.magpie.service.group;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.Group;
import im.magpie.codec.protocol.GroupRole;
import im.magpie.common.error.MagpieException;
import im.magpie.service.membership.GroupKey;
import im.magpie.service.membership.Member;
import java.util.Collection;
import java.util.List;
import java.util.stream.Gatherers;
import org.jspecify.annotations.Nullable;

/** A group in the hands of one operation: locked, and about to have its next version. For one thread, within its transaction. */
final class GroupDraft {

    private static final int ROWS_PER_STATEMENT = 500;

    private final GroupKey key;
    private final GroupTables tables;
    private final long now;
    private final Group.Builder group;

    /** @param now unix milliseconds */
    GroupDraft(GroupKey key, Group group, GroupTables tables, long now) {
        this.key = key;
        this.group = group.toBuilder().setVersion(group.getVersion() + 1);
        this.tables = tables;
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
        return tables.members().find(key, userId);
    }

    /** @throws MagpieException NOT_FOUND */
    MemberRow require(String userId) {
        var member = member(userId);
        if (member == null) {
            throw new MagpieException(ErrorCode.NOT_FOUND, userId + " is not in this group");
        }
        return member;
    }

    /** Returns whether a user is, or was, a member. */
    boolean hasBeen(String userId) {
        return tables.members().hasBeen(key, userId);
    }

    /** Returns whether the group was this user's before it was its owner's. */
    boolean wasOwnedBy(String userId) {
        return tables.groups().formerOwner(key).equals(userId);
    }

    /**
     * Sees to it that there is a group for what does not change it and yet is done to it.
     *
     * @throws MagpieException GROUP_DISSOLVED
     */
    void requireLiving() {
        if (group.getDissolved()) {
            throw dissolved();
        }
    }

    static MagpieException dissolved() {
        return new MagpieException(ErrorCode.GROUP_DISSOLVED, "the group was dissolved");
    }

    /** Returns those of these users who are members, in any order. */
    List<MemberRow> among(Collection<String> userIds) {
        return userIds.stream()
                .gather(Gatherers.windowFixed(ROWS_PER_STATEMENT))
                .flatMap(some -> tables.members().among(key, some).stream())
                .toList();
    }

    /** Returns the admin who has been in the group for longest, or else the member who has, other than its owner; null where there is nobody else. */
    @Nullable
    MemberRow eldest() {
        return tables.members().eldestBut(key, group.getOwnerId());
    }

    /** Takes users in, none of whom is a member; what they have asked for they have now. */
    void come(Collection<String> userIds, GroupRole role) {
        userIds.stream().gather(Gatherers.windowFixed(ROWS_PER_STATEMENT)).forEach(some -> {
            tables.memberships()
                    .insertMissing(some.stream()
                            .map(id -> new Member(key.user(id), key.conversationId()))
                            .toList());
            tables.requests().delete(key, some);
            tables.members()
                    .insert(
                            key,
                            group.getVersion(),
                            some.stream()
                                    .map(id -> new MemberRow(id, role.getNumber(), "", 0, now))
                                    .toList());
        });
        group.setMemberCount(group.getMemberCount() + userIds.size());
    }

    /** Lets members go, and nobody come by their links any more. */
    void go(Collection<String> userIds) {
        userIds.stream().gather(Gatherers.windowFixed(ROWS_PER_STATEMENT)).forEach(some -> {
            tables.members().end(key, group.getVersion(), some);
            tables.links().deleteOf(key, some);
        });
        group.setMemberCount(group.getMemberCount() - userIds.size());
    }

    void put(MemberRow member) {
        tables.members().update(key, member);
    }

    /** Another user owns the group. */
    void passTo(String userId) {
        tables.groups().setFormerOwner(key, group.getOwnerId());
        group.setOwnerId(userId);
    }

    /** Ends the group, and every way into it. */
    void dissolve() {
        group.setDissolved(true);
        tables.requests().deleteAll(key);
        tables.links().deleteAll(key);
    }
}
