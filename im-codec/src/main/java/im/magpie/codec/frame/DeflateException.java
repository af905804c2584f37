package im.magpie.codec.frame;

import im.magpie.codec.protocol.ErrorCode;

/** A compressed body is not what it should be. */
final class DeflateException extends Exception {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    DeflateException(ErrorCode code, String message) {
        super(message);
        this.code = code;
    }

    ErrorCode code() {
        return code;
    }
}
