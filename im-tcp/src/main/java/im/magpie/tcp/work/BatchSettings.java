package im.magpie.tcp.work;

/**
 * How batches of one kind form.
 *
 * @param capacity how many items wait at most
 * @param maxBatch how many go into one call at most
 */
public record BatchSettings(int capacity, int maxBatch) {}
