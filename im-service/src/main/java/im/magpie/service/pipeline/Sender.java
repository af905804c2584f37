package im.magpie.service.pipeline;

import im.magpie.service.conversation.ConversationKey;
import im.magpie.service.conversation.Offer;
import im.magpie.service.conversation.Origin;

/** Whose messages keep their order. */
record Sender(ConversationKey conversation, Origin origin) {

    static Sender of(Offer offer) {
        return new Sender(offer.conversation(), offer.origin());
    }
}
