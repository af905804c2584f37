package im.magpie.store.message;

import com.google.protobuf.ByteString;

/**
 * What a message is called for good.
 *
 * @param clientMessageId the 16 bytes of a UUID
 */
public record RowName(long conversationKey, ByteString clientMessageId, String senderId) {}
