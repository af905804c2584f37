package im.magpie.service.pipeline;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.service.conversation.Acceptance;
import java.time.Duration;

/** What is said to senders of messages that were not accepted. */
final class Refusals {

    static Outcome outcome(Acceptance.Refused refused) {
        var reason = switch (refused.code()) {
            case CLOCK_AHEAD -> "the client message id is more than 10 minutes ahead of the server's clock";
            case MESSAGE_OUTLIVED -> "a message of this id, if there was one, has outlived its retention";
            case BUSY -> "too much is accepted and not yet stored";
            default -> "not accepted";
        };
        return new Outcome.Refused(refused.code(), reason, refused.retryAfter());
    }

    /** Returns the refusal of a message that no trying again will make acceptable. */
    static Outcome.Refused forGood(ErrorCode code, String reason) {
        return new Outcome.Refused(code, reason, Duration.ZERO);
    }

    private Refusals() {}
}
