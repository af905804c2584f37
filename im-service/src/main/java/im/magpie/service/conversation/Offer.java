package im.magpie.service.conversation;

import com.google.protobuf.ByteString;

/**
 * A checked message that asks for its place.
 *
 * @param clientMessageId the 16 bytes of a UUIDv7
 * @param content an encoded MessageContent
 * @param shapeVersion the shape it was checked against
 * @param exempt not subject to the bound of uncommitted work, because it was accepted once already, in an epoch gone by
 */
public record Offer(
        ConversationKey conversation,
        String senderId,
        ByteString clientMessageId,
        ByteString content,
        long shapeVersion,
        Origin origin,
        boolean exempt) {

    public Offer {
        if (clientMessageId.size() != 16) {
            throw new IllegalArgumentException("a client message id has 16 bytes, not " + clientMessageId.size());
        }
    }
}
