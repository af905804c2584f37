package im.magpie.store.conversation;

import im.magpie.common.broker.AcceptedMessage;

/**
 * What the tables know of a conversation.
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

    /** Returns what the row must be at least once this message is stored. */
    public static ConversationRow after(AcceptedMessage message, long conversationKey) {
        return new ConversationRow(
                conversationKey,
                message.getAppId(),
                message.getConversationId(),
                message.getSequence(),
                message.getOrdinal(),
                message.getServerTime(),
                message.getShapeVersion());
    }

    /** Returns this row with everything that the other one has higher. */
    public ConversationRow raisedBy(ConversationRow other) {
        return new ConversationRow(
                conversationKey,
                appId,
                conversationId,
                Math.max(lastSequence, other.lastSequence),
                Math.max(lastOrdinal, other.lastOrdinal),
                Math.max(lastTime, other.lastTime),
                Math.max(shapeVersion, other.shapeVersion));
    }

    public ConversationRef ref() {
        return new ConversationRef(appId, conversationId);
    }
}
