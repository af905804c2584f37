package im.magpie.service.blacklist;

import im.magpie.common.user.UserKey;

/**
 * A user who wants to hear nothing from another.
 *
 * @param blockedId the other, a user of the same app
 */
public record Block(UserKey user, String blockedId) {}
