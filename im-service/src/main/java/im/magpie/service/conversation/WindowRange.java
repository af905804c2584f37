package im.magpie.service.conversation;

/**
 * Asks for what the window has of (after, to].
 *
 * @param to the last sequence wanted, which need not be there yet; nothing is asked for where it is not above {@code after}
 * @param limit the most sequences wanted, counted from the lowest, at most 1,000
 */
public record WindowRange(ConversationKey conversation, long after, long to, int limit) {}
