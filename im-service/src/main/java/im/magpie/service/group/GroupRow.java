package im.magpie.service.group;

import im.magpie.codec.protocol.Group;
import im.magpie.codec.protocol.InvitePolicy;
import im.magpie.codec.protocol.JoinPolicy;
import im.magpie.codec.protocol.MentionPolicy;
import im.magpie.service.membership.GroupKey;
import im.magpie.service.membership.Reach;

/**
 * A row of {@code im_group}: a group as its last committed event has left it.
 *
 * @param joinPolicy the number of the protocol, as {@code invitePolicy} and {@code mentionPolicy}
 * @param reach the number of a {@link Reach}
 * @param createdAt unix milliseconds
 */
record GroupRow(
        String appId,
        String groupId,
        String name,
        String avatar,
        String announcement,
        String ownerId,
        int joinPolicy,
        int invitePolicy,
        int mentionPolicy,
        boolean openHistory,
        boolean muted,
        boolean dissolved,
        int memberCount,
        int reach,
        long version,
        long createdAt) {

    static GroupRow of(GroupKey key, Group group, Reach reach) {
        return new GroupRow(
                key.appId(),
                key.groupId(),
                group.getName(),
                group.getAvatarUrl(),
                group.getAnnouncement(),
                group.getOwnerId(),
                group.getJoinPolicyValue(),
                group.getInvitePolicyValue(),
                group.getMentionPolicyValue(),
                group.getOpenHistory(),
                group.getMuted(),
                group.getDissolved(),
                group.getMemberCount(),
                reach.number(),
                group.getVersion(),
                group.getCreatedTime());
    }

    GroupKey key() {
        return new GroupKey(appId, groupId);
    }

    Group toGroup() {
        return Group.newBuilder()
                .setGroupId(groupId)
                .setConversationId(key().conversationId())
                .setName(name)
                .setAvatarUrl(avatar)
                .setAnnouncement(announcement)
                .setOwnerId(ownerId)
                .setJoinPolicy(JoinPolicy.forNumber(joinPolicy))
                .setInvitePolicy(InvitePolicy.forNumber(invitePolicy))
                .setMentionPolicy(MentionPolicy.forNumber(mentionPolicy))
                .setOpenHistory(openHistory)
                .setMuted(muted)
                .setMemberCount(memberCount)
                .setDissolved(dissolved)
                .setVersion(version)
                .setCreatedTime(createdAt)
                .build();
    }
}
