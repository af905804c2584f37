package im.magpie.tcp.lane;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a lane does next: sends in the order of their arrival, but for those that wait for their time, and for those behind
 * one of the same pair that does. For the lane's thread.
 */
final class Turn {

    private final LaneSettings settings;
    private final long now;
    private final List<PendingSend> sends = new ArrayList<>();
    private final Set<Pair> waiting = new HashSet<>();
    private long untilDue = Long.MAX_VALUE;
    private int bytes;

    Turn(LaneSettings settings, long now) {
        this.settings = settings;
        this.now = now;
    }

    /** Returns whether the send can be taken in: there is room, or it needs none because it has to wait. */
    boolean fits(PendingSend send) {
        return sends.isEmpty()
                || hasToWait(send)
                || (sends.size() < settings.maxBatch() && bytes + send.contentBytes() <= settings.maxBatchBytes());
    }

    /** Takes the next send in. */
    void add(PendingSend send) {
        if (!hasToWait(send)) {
            sends.add(send);
            bytes += send.contentBytes();
        } else if (waiting.add(send.pair())) {
            untilDue = Math.min(untilDue, send.untilDue(now));
        }
    }

    private boolean hasToWait(PendingSend send) {
        return send.untilDue(now) > 0 || (!waiting.isEmpty() && waiting.contains(send.pair()));
    }

    /** Returns what has its turn now. */
    List<PendingSend> sends() {
        return sends;
    }

    /** Returns the nanoseconds until the first of those that wait is due; the largest number when nothing waits. */
    long untilDue() {
        return untilDue;
    }
}
