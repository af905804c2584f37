package im.magpie.service.membership;

import im.magpie.common.user.UserKey;
import im.magpie.service.conversation.ConversationKey;

/** A user in a conversation of the user's app. */
public record Member(UserKey user, String conversationId) {

    public ConversationKey conversation() {
        return new ConversationKey(user.appId(), conversationId);
    }
}
