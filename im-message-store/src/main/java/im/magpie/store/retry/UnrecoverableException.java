package im.magpie.store.retry;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;

/** Trying again can't help: somebody has to look. */
public abstract class UnrecoverableException extends MagpieException {

    private static final long serialVersionUID = 1L;

    protected UnrecoverableException(String message) {
        super(ErrorCode.INTERNAL, message);
    }
}
