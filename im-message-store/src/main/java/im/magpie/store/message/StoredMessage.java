package im.magpie.store.message;

import com.google.protobuf.ByteString;

/**
 * A row of {@code message} without its content.
 *
 * @param serverTime unix milliseconds
 * @param placeholder whether it has no content
 */
public record StoredMessage(
        long conversationKey,
        long sequence,
        String senderId,
        ByteString clientMessageId,
        long ordinal,
        long serverTime,
        boolean placeholder) {

    public RowName name() {
        return new RowName(conversationKey, clientMessageId, senderId);
    }

    RowPlace place() {
        return new RowPlace(conversationKey, sequence);
    }
}
