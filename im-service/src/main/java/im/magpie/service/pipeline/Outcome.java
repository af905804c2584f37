package im.magpie.service.pipeline;

import im.magpie.codec.protocol.ErrorCode;
import java.time.Duration;

/** What the sender of a message may be told. */
public sealed interface Outcome {

    /** It is durable and readable: acknowledge it. */
    record Settled(long sequence, long ordinal, long serverTime) implements Outcome {}

    /**
     * It was never accepted.
     *
     * @param reason for developers to read
     * @param retryAfter zero where trying again does not help
     */
    record Refused(ErrorCode code, String reason, Duration retryAfter) implements Outcome {}

    /** It was not accepted, because what it was checked against holds no longer. */
    record CheckAgain() implements Outcome {}

    /**
     * A fault of ours came between: it may have been accepted or not. Nobody is told anything, and offering it again at once would only meet the
     * same fault.
     */
    record Unknown() implements Outcome {}

    /** It is accepted, or may be, and not settled yet: nobody is told anything, and it is offered again. */
    record Pending() implements Outcome {}
}
