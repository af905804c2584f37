package im.magpie.service.group;

import im.magpie.codec.protocol.GroupMember;
import im.magpie.codec.protocol.GroupRole;

/**
 * A member of a group.
 *
 * @param role the number of the protocol
 * @param mutedUntil unix milliseconds
 * @param joinedAt unix milliseconds
 */
record MemberRow(String userId, int role, String nickname, long mutedUntil, long joinedAt) {

    GroupRole rank() {
        return GroupRole.forNumber(role);
    }

    boolean isAtLeast(GroupRole least) {
        return role >= least.getNumber();
    }

    MemberRow with(GroupRole rank) {
        return new MemberRow(userId, rank.getNumber(), nickname, mutedUntil, joinedAt);
    }

    MemberRow called(String name) {
        return new MemberRow(userId, role, name, mutedUntil, joinedAt);
    }

    MemberRow mutedUntil(long time) {
        return new MemberRow(userId, role, nickname, time, joinedAt);
    }

    GroupMember toProtocol() {
        return GroupMember.newBuilder()
                .setUserId(userId)
                .setRole(rank())
                .setNickname(nickname)
                .setMutedUntil(mutedUntil)
                .setJoinedTime(joinedAt)
                .build();
    }
}
