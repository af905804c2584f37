package im.magpie.service.index;

import im.magpie.common.user.UserKey;

/** Something in a conversation may be new to one of its members. */
public record Touch(UserKey user, String conversationId) {}
