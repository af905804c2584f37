package im.magpie.service.conversation;

import im.magpie.common.broker.AcceptedMessage;
import org.jspecify.annotations.Nullable;

/** A message as its sender knows it. */
final class Sent {

    final Offer offer;
    /** The place it was acknowledged at, 0 before that. */
    long acknowledged;
    /** Its place in the current epoch, while it is on its way there. */
    @Nullable
    AcceptedMessage accepted;

    Sent(Offer offer) {
        this.offer = offer;
    }

    @Override
    public String toString() {
        return offer.conversation() + " " + offer.content().toStringUtf8() + " at " + acknowledged;
    }
}
