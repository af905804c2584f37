package im.magpie.tcp.lane;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.rpc.Shape;

/** What the services say of a message before it is offered. */
sealed interface CheckAnswer {

    /** Its sender may write. */
    record Passed(Shape shape) implements CheckAnswer {}

    /** Its sender may not write any more, but it was accepted before: it is offered for the answer that it had. */
    record Resend() implements CheckAnswer {}

    /**
     * Its sender may not write, or not now.
     *
     * @param retryAfterMillis 0 where nobody said
     */
    record Refused(ErrorCode code, String message, int retryAfterMillis) implements CheckAnswer {}
}
