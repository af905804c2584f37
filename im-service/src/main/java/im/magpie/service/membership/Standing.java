package im.magpie.service.membership;

import im.magpie.codec.protocol.GroupRole;
import org.jspecify.annotations.Nullable;

/**
 * What somebody is in a group at one of its versions.
 *
 * @param version of the group
 * @param role null for no member
 * @param mutedUntil unix milliseconds
 */
public record Standing(
        long version,
        boolean muted,
        boolean dissolved,
        @Nullable GroupRole role,
        long mutedUntil) {

    /** Returns whether he is of this rank or a higher one. */
    public boolean isAtLeast(GroupRole least) {
        return role != null && role.getNumber() >= least.getNumber();
    }
}
