package im.magpie.service.conversation;

/**
 * Asks for what the window has of (after, to].
 *
 * @param to the last sequence wanted; 0 for the newest
 * @param limit the most sequences wanted, counted from the lowest, at most 1,000
 */
public record WindowRange(ConversationKey conversation, long after, long to, int limit) {}
