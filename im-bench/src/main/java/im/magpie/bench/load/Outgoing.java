package im.magpie.bench.load;

import im.magpie.bench.client.Peer;
import im.magpie.bench.client.SendTemplate;
import java.util.concurrent.TimeUnit;

/**
 * What one sender has under way. Refused messages are offered again in their old order, once everything that is under way has been answered. Used by
 * its connection's event loop only.
 */
final class Outgoing {

    private static final int NONE = 0;
    private static final int SENT = 1;
    private static final int REFUSED = 2;

    private final SendTemplate template;
    private final Meter meter;
    private final byte[] states;
    private final long[] times;
    private final long[] idMillis;
    private final int mask;

    /** Messages from the first that is not settled to the last that was written. */
    private long first;

    private long next;
    private int sent;
    private int refused;
    private boolean retrying;

    /** @param most how many messages may be under way */
    Outgoing(SendTemplate template, Meter meter, int most) {
        this.template = template;
        this.meter = meter;
        var slots = Integer.highestOneBit(Math.max(1, most * 2 - 1));
        this.states = new byte[slots];
        this.times = new long[slots];
        this.idMillis = new long[slots];
        this.mask = slots - 1;
    }

    /** Returns whether the next message may be written. */
    boolean open() {
        return refused == 0 && next - first <= mask;
    }

    /** Returns how many messages are not settled. */
    int underWay() {
        return sent + refused;
    }

    /** Returns how many messages have ever been written. */
    long written() {
        return next;
    }

    /** Writes the next message, while {@link #open}. */
    void write(Peer peer, long time) {
        var slot = (int) next & mask;
        times[slot] = time;
        idMillis[slot] = System.currentTimeMillis();
        write(peer, next++, slot);
    }

    private void write(Peer peer, long number, int slot) {
        states[slot] = SENT;
        sent++;
        peer.write(template.message(peer.context().alloc(), requestId(number), number, idMillis[slot], times[slot]));
    }

    /** Even ones, which no other request has. */
    private static int requestId(long number) {
        return (int) (number + 1) << 1;
    }

    /** Returns the number of the message whose reply this is. */
    static long number(int requestId) {
        return (requestId >>> 1) - 1L;
    }

    void accepted(long number) {
        settle(number);
        meter.accepted(System.nanoTime() - times[(int) number & mask]);
    }

    private void settle(long number) {
        states[(int) number & mask] = NONE;
        sent--;
        while (first < next && states[(int) first & mask] == NONE) {
            first++;
        }
    }

    /** The message is to be offered again after a while. */
    void refused(Peer peer, long number, long retryAfterMillis) {
        meter.refused();
        states[(int) number & mask] = REFUSED;
        sent--;
        refused++;
        if (!retrying) {
            retrying = true;
            retryLater(peer, Math.max(1, retryAfterMillis));
        }
    }

    private void retryLater(Peer peer, long millis) {
        peer.context().executor().schedule(() -> retry(peer), millis, TimeUnit.MILLISECONDS);
    }

    private void retry(Peer peer) {
        if (sent > 0) {
            retryLater(peer, 1);
            return;
        }
        retrying = false;
        refused = 0;
        for (var number = first; number < next; number++) {
            var slot = (int) number & mask;
            if (states[slot] == REFUSED) {
                write(peer, number, slot);
            }
        }
        peer.flush();
    }
}
