package im.magpie.store.retention;

/**
 * One of the oldest messages of a conversation.
 *
 * @param serverTime unix milliseconds; never falls within a conversation
 */
record OldestRow(long sequence, long ordinal, long serverTime) {}
