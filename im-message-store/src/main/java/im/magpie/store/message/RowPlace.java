package im.magpie.store.message;

/** Where a message lies in its conversation. */
public record RowPlace(long conversationKey, long sequence) {}
