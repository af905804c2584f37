package im.magpie.service.membership;

import im.magpie.codec.conversation.ConversationId;
import im.magpie.common.user.UserKey;
import im.magpie.service.conversation.ConversationKey;
import java.util.Optional;

/** A group of an app. */
public record GroupKey(String appId, String groupId) {

    /** Returns the group of a conversation that is a group's. */
    public static GroupKey of(ConversationKey conversation) {
        return find(conversation).orElseThrow(() -> new IllegalArgumentException("not a group: " + conversation));
    }

    /** Returns the group of a conversation; empty for that of two users. */
    public static Optional<GroupKey> find(ConversationKey conversation) {
        return ConversationId.parse(conversation.conversationId()) instanceof ConversationId.OfGroup(var groupId)
                ? Optional.of(new GroupKey(conversation.appId(), groupId))
                : Optional.empty();
    }

    public ConversationKey conversation() {
        return new ConversationKey(appId, conversationId());
    }

    public String conversationId() {
        return new ConversationId.OfGroup(groupId).toString();
    }

    public UserKey user(String userId) {
        return new UserKey(appId, userId);
    }

    @Override
    public String toString() {
        return appId + "/" + groupId;
    }
}
