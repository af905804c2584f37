package im.magpie.service.membership;

import im.magpie.codec.protocol.GroupRole;
import org.jspecify.annotations.Nullable;

/**
 * What somebody is in a group at one of its versions.
 *
 * @param version of the group
 * @param everybodyMentionsAll whether not only admins call everybody
 * @param role null for no member
 * @param mutedUntil unix milliseconds
 */
public record Standing(
        long version,
        boolean muted,
        boolean dissolved,
        boolean everybodyMentionsAll,
        @Nullable GroupRole role,
        long mutedUntil) {

    /** Returns whether he may call everybody. */
    public boolean mayMentionAll() {
        return isAtLeast(everybodyMentionsAll ? GroupRole.MEMBER : GroupRole.ADMIN);
    }

    /** Returns whether he is of this rank or a higher one. */
    public boolean isAtLeast(GroupRole least) {
        return role != null && role.getNumber() >= least.getNumber();
    }
}
