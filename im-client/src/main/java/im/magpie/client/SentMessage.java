package im.magpie.client;

import im.magpie.codec.protocol.SendReply;
import im.magpie.codec.protocol.SendRequest;

/**
 * A message that the server has made durable.
 *
 * @param messageId names it in the app
 * @param sequence its place in its conversation
 * @param serverTime unix milliseconds
 */
public record SentMessage(
        String conversationId, String clientMessageId, String messageId, long sequence, long serverTime) {

    static SentMessage of(SendRequest message, SendReply reply) {
        return new SentMessage(
                message.getConversationId(),
                message.getClientMessageId(),
                reply.getMessageId(),
                reply.getSequence(),
                reply.getServerTime());
    }
}
