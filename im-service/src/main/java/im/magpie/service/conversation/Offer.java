package im.magpie.service.conversation;

import com.google.protobuf.ByteString;
import im.magpie.common.broker.AcceptedMessage;
import im.magpie.common.rpc.MessageName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

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

    private static final int NAME_HASH_BYTES = 16;

    public Offer {
        if (clientMessageId.size() != 16) {
            throw new IllegalArgumentException("a client message id has 16 bytes, not " + clientMessageId.size());
        }
    }

    /** Returns the message in the place it was given. */
    public AcceptedMessage toMessage(Acceptance.Accepted place) {
        return toMessage()
                .setSequence(place.sequence())
                .setOrdinal(place.ordinal())
                .setServerTime(place.serverTime())
                .setEpoch(place.epoch())
                .build();
    }

    AcceptedMessage.Builder toMessage() {
        return AcceptedMessage.newBuilder()
                .setAppId(conversation.appId())
                .setConversationId(conversation.conversationId())
                .setSenderId(senderId)
                .setClientMessageId(clientMessageId)
                .setContent(content)
                .setShapeVersion(shapeVersion);
    }

    MessageName toName() {
        return MessageName.newBuilder()
                .setAppId(conversation.appId())
                .setConversationId(conversation.conversationId())
                .setSenderId(senderId)
                .setClientMessageId(clientMessageId)
                .build();
    }

    /** Returns the time the id begins with, unix milliseconds. */
    long idTime() {
        return clientMessageId.asReadOnlyByteBuffer().getLong() >>> 16;
    }

    /** Returns 16 bytes that stand for the name of the message: (app, conversation, sender, id). */
    byte[] nameHash() {
        var digest = sha256();
        digest.update((conversation.field() + '|' + senderId + '|').getBytes(StandardCharsets.UTF_8));
        digest.update(clientMessageId.asReadOnlyByteBuffer());
        return Arrays.copyOf(digest.digest(), NAME_HASH_BYTES);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
