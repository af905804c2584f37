package im.magpie.store.message;

import com.google.protobuf.ByteString;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code message}.
 *
 * @param clientMessageId the 16 bytes of a UUID
 * @param serverTime unix milliseconds
 * @param content null in a placeholder, which keeps the place of a message that lies among the dead letters
 */
public record MessageRow(
        long conversationKey,
        long sequence,
        String senderId,
        ByteString clientMessageId,
        long ordinal,
        long serverTime,
        long epoch,
        @Nullable ByteString content) {

    /** The order of the table. */
    static final Comparator<MessageRow> CLUSTERED =
            Comparator.comparingLong(MessageRow::conversationKey).thenComparingLong(MessageRow::sequence);

    RowPlace place() {
        return new RowPlace(conversationKey, sequence);
    }

    RowName name() {
        return new RowName(conversationKey, clientMessageId, senderId);
    }
}
