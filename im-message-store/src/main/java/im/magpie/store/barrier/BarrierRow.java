package im.magpie.store.barrier;

/**
 * A row of {@code barrier}.
 *
 * @param committedAt unix milliseconds
 */
public record BarrierRow(int partitionNumber, long epoch, long committedAt) {}
