package im.magpie.client.cli;

import im.magpie.client.ClientListener;
import im.magpie.client.MagpieClient;
import im.magpie.codec.protocol.ChatMessage;
import io.netty.channel.EventLoopGroup;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One user under load: sends the next message when one is acknowledged, and looks at what his partner sends. A
 * message's text is its time.
 */
final class LoadSender implements ClientListener, AutoCloseable {

    private final String name;
    private final String conversation;
    private final LoadFigures figures;
    private final MagpieClient client;
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile boolean ended;
    private long lastSequence;

    LoadSender(SignedInUser user, String partner, EventLoopGroup loops, LoadFigures figures) {
        this.name = user.userId();
        this.figures = figures;
        this.client = MagpieClient.start(user.client("load", this).withEventLoops(loops));
        this.conversation = client.conversationWith(partner);
    }

    void awaitReady() {
        Participant.await(client.ready(), name + " to sign in");
    }

    void begin(int outstanding) {
        for (var i = 0; i < outstanding; i++) {
            underWay.incrementAndGet();
            send();
        }
    }

    /** Sends nothing more. */
    void end() {
        ended = true;
    }

    /** Returns whether something is still to be acknowledged. */
    boolean busy() {
        return underWay.get() > 0;
    }

    private void send() {
        var begun = System.nanoTime();
        client.sendText(conversation, Long.toString(begun)).whenComplete((_, failure) -> {
            if (failure == null) {
                figures.acknowledged(System.nanoTime() - begun);
            } else {
                figures.fault("a message of %s failed: %s".formatted(name, failure));
            }
            if (failure == null && !ended) {
                send();
            } else {
                underWay.decrementAndGet();
            }
        });
    }

    @Override
    public void onMessage(ChatMessage message) {
        if (message.getSequence() != lastSequence + 1) {
            figures.fault("after message %d %s got message %d".formatted(lastSequence, name, message.getSequence()));
        }
        lastSequence = message.getSequence();
        if (!message.getSenderId().equals(name)) {
            figures.delivered(System.nanoTime()
                    - Long.parseLong(message.getContent().getText().getText()));
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
