package im.magpie.service.conversation;

/** A conversation of an app: no conversation is known by less. */
public record ConversationKey(String appId, String conversationId) {

    /** Returns the conversation's field in the hashes of its partition, {@code app/conversation}. */
    String field() {
        return appId + "/" + conversationId;
    }

    @Override
    public String toString() {
        return field();
    }
}
