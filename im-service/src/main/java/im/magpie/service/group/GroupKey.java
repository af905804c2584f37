package im.magpie.service.group;

import im.magpie.codec.conversation.ConversationId;
import im.magpie.common.user.UserKey;
import im.magpie.service.conversation.ConversationKey;

/** A group of an app. */
record GroupKey(String appId, String groupId) {

    /** Returns the group of a conversation that is a group's. */
    static GroupKey of(ConversationKey conversation) {
        if (ConversationId.parse(conversation.conversationId()) instanceof ConversationId.OfGroup(var groupId)) {
            return new GroupKey(conversation.appId(), groupId);
        }
        throw new IllegalArgumentException("not a group: " + conversation);
    }

    ConversationKey conversation() {
        return new ConversationKey(appId, conversationId());
    }

    String conversationId() {
        return ConversationId.ofGroup(groupId).toString();
    }

    UserKey user(String userId) {
        return new UserKey(appId, userId);
    }

    @Override
    public String toString() {
        return appId + "/" + groupId;
    }
}
