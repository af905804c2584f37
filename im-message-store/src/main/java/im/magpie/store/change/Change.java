package im.magpie.store.change;

import com.google.protobuf.ByteString;

/** What a message does to an earlier one of its conversation. */
public sealed interface Change {

    /** Of the earlier message. */
    long target();

    /** Of the change itself: of two, the one with the higher sequence counts. */
    long sequence();

    record Recall(long conversationKey, long target, long sequence) implements Change {}

    /** @param content an encoded MessageContent */
    record Edit(long conversationKey, long target, long sequence, ByteString content) implements Change {}

    record React(long conversationKey, long target, long sequence, String userId, String emoji, boolean removed)
            implements Change {}
}
