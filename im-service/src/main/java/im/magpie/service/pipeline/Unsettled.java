package im.magpie.service.pipeline;

import im.magpie.common.broker.AcceptedMessage;
import im.magpie.service.conversation.PendingMessage;
import im.magpie.service.conversation.Position;
import im.magpie.service.membership.Movement;

/**
 * A message that is being settled, with what several steps read of it.
 *
 * @param movement who comes and goes by it
 */
record Unsettled(PendingMessage pending, Position position, Movement movement) {

    static Unsettled of(PendingMessage pending) {
        return new Unsettled(pending, pending.position(), Movement.of(pending.message()));
    }

    AcceptedMessage message() {
        return pending.message();
    }
}
