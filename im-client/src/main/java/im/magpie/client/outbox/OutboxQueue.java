package im.magpie.client.outbox;

import im.magpie.client.connection.Link;
import im.magpie.client.connection.Retry;
import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Request;
import java.util.ArrayDeque;

/**
 * One conversation's messages, in order. While the server is too busy for one of them, the later ones wait: when all
 * that are under way have been answered and the time the server named is over, they are offered again from the first
 * on.
 */
final class OutboxQueue {

    private static final int MOST_IN_FLIGHT = 64;

    private final String conversationId;
    private final Outbox outbox;
    private final ArrayDeque<Outgoing> messages = new ArrayDeque<>();
    private int inFlight;
    private boolean held;
    private boolean pausing;

    OutboxQueue(String conversationId, Outbox outbox) {
        this.conversationId = conversationId;
        this.outbox = outbox;
    }

    String conversationId() {
        return conversationId;
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    void add(Outgoing outgoing) {
        messages.add(outgoing);
    }

    /** Sends what may be under way. */
    void pump() {
        var link = outbox.link();
        if (link == null) {
            return;
        }
        if (held) {
            if (pausing || inFlight > 0) {
                return;
            }
            held = false;
        }
        // What is sent does not change the queue: answers come later.
        for (var outgoing : messages) {
            if (inFlight >= MOST_IN_FLIGHT) {
                return;
            }
            if (!outgoing.inFlight) {
                send(link, outgoing);
            }
        }
    }

    /** Everything is offered again over the next connection. */
    void offline() {
        messages.forEach(outgoing -> outgoing.inFlight = false);
        inFlight = 0;
        held = false;
        pausing = false;
    }

    void abandon(Reply.Failure why) {
        messages.forEach(outgoing -> outgoing.answered.accept(why));
    }

    private void send(Link link, Outgoing outgoing) {
        if (outgoing.offered) {
            outbox.resent();
        }
        outgoing.offered = true;
        outgoing.inFlight = true;
        inFlight++;
        link.request(id -> new Request.Send(id, outgoing.message), outbox.timings.reply(), reply -> {
            if (link == outbox.link()) {
                outgoing.inFlight = false;
                inFlight--;
                answered(link, outgoing, reply);
                pump();
            }
        });
    }

    private void answered(Link link, Outgoing outgoing, Reply reply) {
        if (reply instanceof Reply.Failure failure && Retry.helps(failure.code())) {
            hold(link, failure);
            return;
        }
        if (reply instanceof Reply.SendOk ok) {
            outbox.durable.accept(outgoing.message, ok.body());
        }
        leave(outgoing);
        outgoing.answered.accept(reply);
    }

    private void hold(Link link, Reply.Failure failure) {
        held = true;
        if (!pausing) {
            pausing = true;
            link.later(Retry.after(failure, outbox.timings), () -> {
                pausing = false;
                pump();
            });
        }
    }

    private void leave(Outgoing outgoing) {
        outbox.store.dequeue(outgoing.message.getClientMessageId());
        messages.remove(outgoing);
        outbox.left(this);
    }
}
