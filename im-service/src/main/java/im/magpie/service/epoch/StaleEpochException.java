package im.magpie.service.epoch;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;

/** The epoch for which something was asked is over; nothing was changed. */
public final class StaleEpochException extends MagpieException {

    private static final long serialVersionUID = 1L;

    public StaleEpochException(Partition partition, long epoch) {
        super(ErrorCode.UNAVAILABLE, "epoch %d of partition %s is over".formatted(epoch, partition));
    }
}
