package im.magpie.store.message;

import com.google.protobuf.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code message} as it is read: with what changes have made of it.
 *
 * @param content null in a placeholder; empty in a recalled message
 * @param changedSequence of the last change of any kind, null for a message that nobody has changed
 * @param editSequence of the edit that the content is of
 * @param recalled true or null
 */
public record HistoryRow(
        long sequence,
        String senderId,
        ByteString clientMessageId,
        long ordinal,
        long serverTime,
        long epoch,
        @Nullable ByteString content,
        @Nullable Long changedSequence,
        @Nullable Long editSequence,
        @Nullable Boolean recalled) {}
