package im.magpie.store.conversation;

/**
 * What a conversation had and has no more, because it has outlived its retention: everything up to a sequence.
 *
 * @param outlivedOrdinal the ordinal there
 * @param outlivedTime the time there, unix milliseconds
 */
public record OutlivedRange(long conversationKey, long outlivedSequence, long outlivedOrdinal, long outlivedTime) {}
