package im.magpie.codec.frame;

import im.magpie.codec.protocol.ErrorCode;
import io.netty.handler.codec.DecoderException;

/**
 * Something that came can't be read, and nothing behind it is read any more: the peer gets one error packet and the connection closes.
 * A connection's handlers raise it once at most.
 */
public final class MalformedFrameException extends DecoderException {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final int command;
    private final int requestId;

    /**
     * @param code MALFORMED_FRAME, UNSUPPORTED_VERSION, FRAME_TOO_LARGE or MALFORMED_BODY
     * @param command the command's number as far as it could be read, else 0
     * @param requestId the request id as far as it could be read, else 0
     * @param message for the peer's developer; goes out with the error packet, may be logged, and so holds nothing of a body
     */
    public MalformedFrameException(ErrorCode code, int command, int requestId, String message) {
        super(message);
        this.code = code;
        this.command = command;
        this.requestId = requestId;
    }

    /** Says that a body is not what its command says. What a parser complains of would quote it, and is left out. */
    public static MalformedFrameException ofBody(int command, int requestId) {
        return new MalformedFrameException(
                ErrorCode.MALFORMED_BODY, command, requestId, "not a body of command " + command);
    }

    public ErrorCode code() {
        return code;
    }

    public int command() {
        return command;
    }

    public int requestId() {
        return requestId;
    }
}
