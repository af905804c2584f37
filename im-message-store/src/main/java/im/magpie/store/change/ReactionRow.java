package im.magpie.store.change;

/**
 * A row of {@code reaction}.
 *
 * @param changedSequence of the last change of it
 */
public record ReactionRow(long sequence, String emoji, String userId, long changedSequence, boolean removed) {}
