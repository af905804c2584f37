package im.magpie.store.change;

/**
 * How many users have a reaction to a message.
 *
 * @param sequence of the message
 * @param mine whether the reader is among them
 */
public record ReactionCount(long sequence, String emoji, int users, boolean mine) {}
