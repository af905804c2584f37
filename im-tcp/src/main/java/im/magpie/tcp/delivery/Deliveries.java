package im.magpie.tcp.delivery;

import im.magpie.codec.packet.EncodedPush;
import im.magpie.codec.protocol.Command;
import io.netty.channel.Channel;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/**
 * The pushes of one connection. Until its login is answered they wait; from then on they are written, unless the
 * connection takes nothing more or has too much unacknowledged: then they are left out, and the device is told to SYNC.
 * Used by the connection's event loop only.
 */
public final class Deliveries {

    private enum State {
        BEFORE_LOGIN,
        OPEN,
        CLOSED
    }

    private final Channel channel;
    private final DeliverySettings settings;
    private final DeliveryMeters meters;
    private final Consumer<OutgoingPush> lastWords;
    private final DeliveryWindow window;
    private final ArrayDeque<OutgoingPush> early = new ArrayDeque<>();
    private State state = State.BEFORE_LOGIN;
    private boolean missed;

    /**
     * Makes the deliveries of a connection whose login is not answered; {@code lastWords} writes a push and closes
     * behind it.
     */
    public Deliveries(
            Channel channel, DeliverySettings settings, DeliveryMeters meters, Consumer<OutgoingPush> lastWords) {
        this.channel = channel;
        this.settings = settings;
        this.meters = meters;
        this.lastWords = lastWords;
        this.window = new DeliveryWindow(channel, settings, meters, () -> missed = true);
    }

    /** Brings a push on its way, or leaves it out. */
    public void push(OutgoingPush push) {
        switch (state) {
            case BEFORE_LOGIN -> putAside(push);
            case OPEN -> write(push);
            case CLOSED -> {}
        }
    }

    /** The login's answer is written: what came before it goes out behind it. */
    public void open() {
        state = State.OPEN;
        while (!early.isEmpty()) {
            push(early.removeFirst());
        }
    }

    /**
     * Writes what may be left out, if the connection keeps up with everything else; returns whether it did. It leaves half of what may wait for the
     * peer to the pushes that should not be left out.
     */
    public boolean spare(EncodedPush packet) {
        if (state != State.OPEN || !keepsUp(packet)) {
            return false;
        }
        channel.writeAndFlush(packet);
        return true;
    }

    private boolean keepsUp(EncodedPush packet) {
        var most = channel.config().getWriteBufferHighWaterMark();
        var half = most / 2;
        // What is larger than that goes out alone.
        return !window.full()
                && channel.isWritable()
                && channel.bytesBeforeUnwritable() - half
                        >= Math.min(packet.bytes().size(), most - half);
    }

    /** Writes what nobody acknowledges and nothing repeats, whether the connection keeps up or not: only what is small and rare. */
    public void insist(EncodedPush packet) {
        if (state == State.OPEN) {
            channel.writeAndFlush(packet);
        }
    }

    /** Nothing more is pushed. */
    public void close() {
        state = State.CLOSED;
        early.clear();
        window.close();
    }

    /** The device says how far it has some conversations; {@link #acknowledge} takes each. */
    public void noticed() {
        meters.notice();
    }

    /** Something is not pushed that should have been: the device is told to SYNC. */
    public void leaveOut() {
        skip();
    }

    /** The device has a conversation up to a sequence. */
    public void acknowledge(String conversationId, long sequence) {
        window.acknowledge(conversationId, sequence);
    }

    /** Returns whether everything that was pushed is acknowledged. */
    public boolean settled() {
        return window.empty();
    }

    /** Returns whether a push was left out or given up since this was asked last. */
    public boolean takeMissed() {
        var taken = missed;
        missed = false;
        return taken;
    }

    private void putAside(OutgoingPush push) {
        if (early.size() < settings.window() || isLast(push)) {
            early.addLast(push);
        } else {
            skip();
        }
    }

    private void skip() {
        missed = true;
        meters.skipped();
    }

    private void write(OutgoingPush push) {
        if (isLast(push)) {
            lastWords.accept(push);
        } else if (!channel.isWritable() || (push.acknowledged() && window.full())) {
            skip();
        } else {
            if (push.acknowledged()) {
                window.add(push);
            }
            meters.written();
            channel.writeAndFlush(push.packet());
        }
    }

    private static boolean isLast(OutgoingPush push) {
        return push.packet().command() == Command.KICKED;
    }
}
