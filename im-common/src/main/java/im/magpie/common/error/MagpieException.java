package im.magpie.common.error;

import im.magpie.codec.protocol.ErrorCode;
import java.time.Duration;

/** A rule was broken, and the caller has to hear which one. The message is meant for developers and goes out with the code. */
public class MagpieException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final Duration retryAfter;

    public MagpieException(ErrorCode code, String message) {
        this(code, message, Duration.ZERO);
    }

    /** @param retryAfter after how long the same may succeed; zero where that is not known */
    public MagpieException(ErrorCode code, String message, Duration retryAfter) {
        super(message);
        this.code = code;
        this.retryAfter = retryAfter;
    }

    public MagpieException(ErrorCode code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
        this.retryAfter = Duration.ZERO;
    }

    public ErrorCode code() {
        return code;
    }

    /** Returns after how long the same may succeed; zero where that is not known. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
