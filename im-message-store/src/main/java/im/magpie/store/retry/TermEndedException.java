package im.magpie.store.retry;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;

/** What was tried again and again has lost its point, because its term ended. */
public final class TermEndedException extends MagpieException {

    private static final long serialVersionUID = 1L;

    TermEndedException(String what, Throwable lastFailure) {
        super(ErrorCode.UNAVAILABLE, "gave up to " + what, lastFailure);
    }
}
