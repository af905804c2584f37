package im.magpie.service.group;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.GroupRole;
import im.magpie.codec.protocol.InvitePolicy;
import im.magpie.common.error.MagpieException;
import org.jspecify.annotations.Nullable;

/**
 * Who does something to a group: a member of it, whose rank counts, or its app's business system, which may do everything.
 *
 * @param userId empty for the business system
 * @param member null for the business system, and for a user who is no member
 */
record GroupRights(String userId, @Nullable MemberRow member) {

    static final String BUSINESS_SYSTEM = "";

    static GroupRights of(GroupDraft draft, String userId) {
        return new GroupRights(userId, userId.equals(BUSINESS_SYSTEM) ? null : draft.member(userId));
    }

    private boolean isBusinessSystem() {
        return userId.equals(BUSINESS_SYSTEM);
    }

    /** @throws MagpieException NOT_A_PARTICIPANT for somebody who is no member, FORBIDDEN for one of a lower rank */
    void require(GroupRole least) {
        if (isBusinessSystem()) {
            return;
        }
        if (member == null) {
            throw new MagpieException(ErrorCode.NOT_A_PARTICIPANT, userId + " is not in this group");
        }
        if (!member.isAtLeast(least)) {
            throw new MagpieException(ErrorCode.FORBIDDEN, "this takes the rank " + least);
        }
    }

    /** The same for who brings others in. */
    void requireInvite(InvitePolicy policy) {
        require(policy == InvitePolicy.EVERYBODY_INVITES ? GroupRole.MEMBER : GroupRole.ADMIN);
    }

    /** @throws MagpieException the same, and FORBIDDEN where the other one's rank is as high */
    void requireOver(MemberRow other) {
        require(GroupRole.ADMIN);
        if (member != null && other.role() >= member.role()) {
            throw new MagpieException(ErrorCode.FORBIDDEN, other.userId() + " is of as high a rank");
        }
    }
}
