package im.magpie.store.retention;

/**
 * A conversation that may have messages which have outlived their retention.
 *
 * @param outlivedSequence up to where it has been emptied so far
 */
record DueConversation(long conversationKey, long outlivedSequence) {}
