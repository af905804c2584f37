package im.magpie.service.pipeline;

import im.magpie.common.broker.AcceptedMessage;
import im.magpie.service.conversation.ConversationKey;
import im.magpie.service.conversation.Origin;
import im.magpie.service.membership.Audience;
import im.magpie.service.membership.Movement;
import im.magpie.service.membership.Reach;

/** A message and whom it reaches. */
record Addressed(Unsettled unsettled, Audience audience) {

    boolean goesToNodes() {
        return audience.reach() != Reach.INDEXED;
    }

    AcceptedMessage message() {
        return unsettled.message();
    }

    Origin origin() {
        return unsettled.pending().origin();
    }

    Movement movement() {
        return unsettled.movement();
    }

    ConversationKey conversation() {
        return unsettled.position().conversation();
    }
}
