package im.magpie.tcp.lane;

import io.netty.util.concurrent.Ticker;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What waits in a lane, and who has to wait outside. Event loops offer, the lane's thread takes; the lock is held for a
 * few instructions only.
 */
final class LaneQueue {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final ArrayDeque<PendingSend> waiting = new ArrayDeque<>();
    private final LaneSettings settings;
    private final Ticker ticker;
    private final Holds holds;

    /** How many have to wait for the lane's thread to be woken. */
    private int wanted = 1;

    LaneQueue(LaneSettings settings, Ticker ticker) {
        this.settings = settings;
        this.ticker = ticker;
        this.holds = new Holds(settings.hold());
    }

    /**
     * Takes a send, or returns false: its pair is held for another message, or the lane is full and the pair is held
     * for this one from now on.
     */
    boolean offer(PendingSend send) {
        lock.lock();
        try {
            var now = ticker.nanoTime();
            if (holds.holdBack(send, now)) {
                return false;
            }
            if (waiting.size() >= settings.capacity()) {
                holds.hold(send, now);
                return false;
            }
            send.arrives(now);
            holds.lift(send.pair());
            waiting.addLast(send);
            if (waiting.size() >= wanted) {
                filled.signal();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Holds the pair of a message that was refused before it came here, unless it waits for an earlier one already. */
    void holdOutside(PendingSend send) {
        lock.lock();
        try {
            var now = ticker.nanoTime();
            if (!holds.holdBack(send, now)) {
                holds.hold(send, now);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Holds the pair of a message that the lane's thread refuses.
     *
     * @return the pair's other messages that waited; they came later and are refused with it
     */
    List<PendingSend> hold(PendingSend refused) {
        lock.lock();
        try {
            // The pair may be held already, for a message that found the lane full and so came later than this one.
            holds.hold(refused, ticker.nanoTime());
            var later = new ArrayList<PendingSend>();
            waiting.removeIf(send -> send.pair().equals(refused.pair()) && later.add(send));
            return later;
        } finally {
            lock.unlock();
        }
    }

    /** Returns a pair's messages that wait. */
    List<PendingSend> of(Pair pair) {
        lock.lock();
        try {
            return waiting.stream().filter(send -> send.pair().equals(pair)).toList();
        } finally {
            lock.unlock();
        }
    }

    /** Blocks until so many wait, or so many nanoseconds have passed; {@link Long#MAX_VALUE}: however long it takes. */
    void await(int count, long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            wanted = count;
            // A timed wait costs a virtual thread a timer each time.
            while (nanos == Long.MAX_VALUE && waiting.size() < count) {
                filled.await();
            }
            for (var left = nanos; waiting.size() < count && left > 0; ) {
                left = filled.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Lets a lane begin with what waits, as far as its turn takes it. */
    void drainTo(Undecided undecided, Turn turn) {
        lock.lock();
        try {
            while (!waiting.isEmpty() && !undecided.full() && turn.fits(waiting.getFirst())) {
                var send = waiting.removeFirst();
                undecided.add(send);
                turn.add(send);
            }
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }
}
