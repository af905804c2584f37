package im.magpie.service.user;

import im.magpie.common.user.UserKey;

/** A user has been disabled, and that is committed. Published to this process' listeners, each time that somebody disables the user. */
public record UserDisabled(UserKey user) {}
