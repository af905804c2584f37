package im.magpie.service.conversation;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import java.time.Duration;

/** What became of an {@link Offer}. */
public sealed interface Acceptance {

    /**
     * It has its place, and a pending record until it is finished.
     *
     * @param epoch of the conversation's partition, which numbered it
     * @param serverTime unix milliseconds, Redis' clock; never falls within a conversation
     */
    record Accepted(long epoch, long sequence, long ordinal, long serverTime) implements Acceptance {}

    /**
     * The name has been accepted before, here or by an epoch gone by, with this outcome.
     *
     * @param epoch the partition's current epoch, in which {@link ConversationLog#settled} can be asked for it
     * @param settled it may be acknowledged; else it is pending, and whoever accepted it, or the sweeper, will settle it
     */
    record Duplicate(long epoch, long sequence, long ordinal, long serverTime, boolean settled) implements Acceptance {}

    /**
     * Not accepted: CLOCK_AHEAD, MESSAGE_OUTLIVED, or for now BUSY or UNAVAILABLE.
     *
     * @param retryAfter zero where trying again does not help
     */
    record Refused(ErrorCode code, Duration retryAfter) implements Acceptance {}

    /**
     * Not accepted, because what it was checked against holds no longer: the conversation's shape is newer, or it was offered as a
     * {@link Admission#RESEND} and nothing of its name is known.
     */
    record CheckAgain() implements Acceptance {}

    /** Not accepted yet, because the event that made the conversation's shape is not durable: it is offered again until that is settled. */
    record BehindEvent() implements Acceptance {}

    /** Redis did not answer: it may have been accepted or not, so it is offered again until somebody knows. */
    record Unknown(MagpieException cause) implements Acceptance {}
}
