package im.magpie.service.conversation;

import im.magpie.common.broker.AcceptedMessage;

/** An accepted message whose way is not finished, with everything that the steps after accept need. */
public record PendingMessage(AcceptedMessage message, Origin origin) {

    public Position position() {
        return new Position(
                new ConversationKey(message.getAppId(), message.getConversationId()),
                message.getSequence(),
                message.getOrdinal());
    }
}
