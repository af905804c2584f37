package im.magpie.tcp.lane;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.LinkedHashMap;

/**
 * Which pairs heard BUSY and have to offer the refused message first. Else what came behind it might overtake it. Not
 * safe for use by many threads.
 */
final class Holds {

    /** Beyond it the oldest go: by then their clients have long read their BUSY and keep the order by themselves. */
    private static final int MOST = 16_384;

    private record Hold(ByteString refused, long until) {}

    /** In the order of their ends. */
    private final LinkedHashMap<Pair, Hold> holds = new LinkedHashMap<>();

    private final long nanos;

    Holds(Duration length) {
        this.nanos = length.toNanos();
    }

    /** Makes a pair wait for the return of a message that was refused. */
    void hold(PendingSend refused, long now) {
        holds.putLast(refused.pair(), new Hold(refused.clientMessageId(), now + nanos));
        if (holds.size() > MOST) {
            holds.pollFirstEntry();
        }
    }

    /** Returns whether the message has to wait for another one of its pair. */
    boolean holdBack(PendingSend send, long now) {
        endThoseBefore(now);
        var hold = holds.get(send.pair());
        return hold != null && !hold.refused().equals(send.clientMessageId());
    }

    /** Lets a pair go on. */
    void lift(Pair pair) {
        holds.remove(pair);
    }

    private void endThoseBefore(long now) {
        while (!holds.isEmpty() && holds.firstEntry().getValue().until() - now <= 0) {
            holds.pollFirstEntry();
        }
    }
}
