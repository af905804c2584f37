package im.magpie.service.conversation;

import im.magpie.common.rpc.ConversationName;

/** A conversation of an app: no conversation is known by less. */
public record ConversationKey(String appId, String conversationId) {

    /** Returns the conversation's field in the hashes of its partition, {@code app/conversation}. */
    String field() {
        return appId + "/" + conversationId;
    }

    ConversationName toName() {
        return ConversationName.newBuilder()
                .setAppId(appId)
                .setConversationId(conversationId)
                .build();
    }

    @Override
    public String toString() {
        return field();
    }
}
