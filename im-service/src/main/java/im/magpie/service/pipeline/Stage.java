package im.magpie.service.pipeline;

import im.magpie.service.conversation.PendingMessage;
import im.magpie.service.conversation.Position;

/** Where a message of a call stands. */
sealed interface Stage {

    /** It asks for its place, for the first time or again. */
    record Offered() implements Stage {}

    /** It asks for its place again, when somebody else has settled the event in front of it. */
    record BehindEvent() implements Stage {}

    /** This call has accepted it, or found it pending, and takes it on. */
    record Accepted(Batch batch, PendingMessage message) implements Stage {}

    /** Somebody else has accepted it, and has settled it or takes it on. */
    record Elsewhere(Batch batch, Position position, long serverTime) implements Stage {}

    /** Its sender can be answered. */
    record Decided(Outcome outcome) implements Stage {}

    /** What can go together: messages of one partition and epoch. */
    record Batch(int partition, long epoch) {}
}
