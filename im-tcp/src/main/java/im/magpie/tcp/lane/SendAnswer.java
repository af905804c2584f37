package im.magpie.tcp.lane;

import im.magpie.codec.protocol.ErrorCode;

/** What became of a send. */
public sealed interface SendAnswer {

    /**
     * The message is durable.
     *
     * @param sequence its place in its conversation
     * @param ordinal how many countable messages there are up to it
     * @param serverTime Unix milliseconds
     */
    record Acknowledged(long sequence, long ordinal, long serverTime) implements SendAnswer {}

    /**
     * The message was not accepted.
     *
     * @param retryAfterMillis when it may be offered again; 0 where that does not help
     */
    record Refused(ErrorCode code, String message, int retryAfterMillis) implements SendAnswer {

        /** Returns whether the sender will offer the same message again, so that what follows it has to wait for it. */
        boolean temporary() {
            return code == ErrorCode.BUSY
                    || code == ErrorCode.RATE_LIMITED
                    || code == ErrorCode.UNAVAILABLE
                    || code == ErrorCode.INTERNAL;
        }
    }

    /**
     * The message was refused after a call of which nobody knows whether it accepted it: the sender hears nothing, and
     * offers it again.
     */
    record Unanswered() implements SendAnswer {}
}
