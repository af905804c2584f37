package im.magpie.service.membership;

import im.magpie.common.user.UserKey;

/** A row of {@code user_conversation}: membership, and how far MySQL knows the user to be. */
public record MembershipRow(
        String appId,
        String userId,
        String conversationId,
        long deliveredSequence,
        long readSequence,
        long readOrdinal,
        long mentionedSequence) {

    public Member member() {
        return new Member(new UserKey(appId, userId), conversationId);
    }
}
