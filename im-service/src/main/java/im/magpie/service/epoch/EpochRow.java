package im.magpie.service.epoch;

/**
 * What MySQL says of a partition.
 *
 * @param epoch the newest one, 0 before the first
 * @param replid the Redis it was taken for, by its {@code master_replid}
 * @param ageMillis how long ago it was taken, by MySQL's clock
 */
public record EpochRow(long epoch, String replid, long ageMillis) {

    /** Of a partition that never had an epoch. */
    static final EpochRow NONE = new EpochRow(0, "", Long.MAX_VALUE);
}
