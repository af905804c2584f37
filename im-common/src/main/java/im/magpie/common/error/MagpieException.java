package im.magpie.common.error;

import im.magpie.codec.protocol.ErrorCode;

/** A rule was broken, and the caller has to hear which one. The message is meant for developers and goes out with the code. */
public class MagpieException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    public MagpieException(ErrorCode code, String message) {
        super(message);
        this.code = code;
    }

    public MagpieException(ErrorCode code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }
}
