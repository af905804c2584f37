package im.magpie.client.outbox;

import im.magpie.codec.packet.Reply;
import im.magpie.codec.protocol.SendRequest;
import java.util.function.Consumer;

/** A message and who waits for its last answer. Used by the client's loop only. */
final class Outgoing {

    final SendRequest message;
    final Consumer<Reply> answered;
    boolean inFlight;
    boolean offered;

    Outgoing(SendRequest message, Consumer<Reply> answered) {
        this.message = message;
        this.answered = answered;
    }
}
