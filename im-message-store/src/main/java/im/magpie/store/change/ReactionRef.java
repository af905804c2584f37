package im.magpie.store.change;

/** One user's reaction to the message at a sequence. */
public record ReactionRef(long sequence, String userId, String emoji) {}
