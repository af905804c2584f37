package im.magpie.service.index;

import im.magpie.common.user.UserKey;

/**
 * Something in a conversation may be new to one of its members.
 *
 * @param moves the list of the user's groups of which his index says nothing changes by it
 */
public record Touch(UserKey user, String conversationId, boolean moves) {

    /** Something that changes no list of groups. */
    public Touch(UserKey user, String conversationId) {
        this(user, conversationId, false);
    }
}
