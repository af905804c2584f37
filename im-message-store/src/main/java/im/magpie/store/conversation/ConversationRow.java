package im.magpie.store.conversation;

/**
 * A row of {@code conversation}.
 *
 * @param lastTime unix milliseconds
 */
public record ConversationRow(
        long conversationKey,
        String appId,
        String conversationId,
        long lastSequence,
        long lastOrdinal,
        long lastTime,
        long shapeVersion) {

    public ConversationRef ref() {
        return new ConversationRef(appId, conversationId);
    }
}
