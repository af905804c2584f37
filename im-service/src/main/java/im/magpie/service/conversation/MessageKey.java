package im.magpie.service.conversation;

import com.google.protobuf.ByteString;
import im.magpie.common.rpc.MessageName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * What names a message for ever.
 *
 * @param clientMessageId the 16 bytes of a UUIDv7
 */
public record MessageKey(ConversationKey conversation, String senderId, ByteString clientMessageId) {

    static final int HASH_BYTES = 16;

    public MessageKey {
        if (clientMessageId.size() != 16) {
            throw new IllegalArgumentException("a client message id has 16 bytes, not " + clientMessageId.size());
        }
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

    /** Returns 16 bytes that stand for the name: (app, conversation, sender, id). */
    byte[] hash() {
        var digest = sha256();
        digest.update((conversation.field() + '|' + senderId + '|').getBytes(StandardCharsets.UTF_8));
        digest.update(clientMessageId.asReadOnlyByteBuffer());
        return Arrays.copyOf(digest.digest(), HASH_BYTES);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
