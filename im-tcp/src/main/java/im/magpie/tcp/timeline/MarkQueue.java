package im.magpie.tcp.timeline;

import im.magpie.tcp.timeline.MarkEntry.Delivered;
import im.magpie.tcp.timeline.MarkEntry.Read;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The watermarks that wait for a call. Nobody waits for an answer to what is delivered: that is taken at intervals, and
 * of one conversation of a device after a longer time again; what comes meanwhile is merged. Event loops put watermarks
 * in, one thread takes them; the lock is held for a few instructions only.
 */
final class MarkQueue {

    private record Key(long connectionId, String conversationId) {

        static Key of(Delivered mark) {
            return new Key(mark.session().getConnectionId(), mark.conversationId());
        }
    }

    /** A conversation of a device that was told of a while ago, and what has come since. */
    private static final class Told {
        final long until;

        @Nullable
        Delivered next;

        Told(long until) {
            this.until = until;
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final ArrayDeque<Read> reads = new ArrayDeque<>();
    private final LinkedHashMap<Key, Delivered> delivered = new LinkedHashMap<>();
    /** The one that was told of first comes first. */
    private final LinkedHashMap<Key, Told> told = new LinkedHashMap<>();

    private final MarkSettings settings;
    private long deliveredDue = System.nanoTime();
    /** How many of those that were told of have a next mark. */
    private int heldBack;

    MarkQueue(MarkSettings settings) {
        this.settings = settings;
    }

    /** Takes a READ, or returns false when too many wait. */
    boolean offer(Read read) {
        lock.lock();
        try {
            if (reads.size() >= settings.capacity()) {
                return false;
            }
            reads.addLast(read);
            filled.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes how far a device is, merged with what waits for the same conversation; returns false when too many others
     * wait.
     */
    boolean offer(Delivered mark) {
        var key = Key.of(mark);
        lock.lock();
        try {
            release(System.nanoTime());
            var before = told.get(key);
            if (before != null) {
                holdBack(before, mark);
                return true;
            }
            if (delivered.size() >= settings.capacity() && !delivered.containsKey(key)) {
                return false;
            }
            delivered.merge(key, mark, Delivered::further);
            if (delivered.size() == 1 || delivered.size() == settings.maxBatch()) {
                filled.signal();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Puts back what was taken and could not be told. */
    void putBack(Delivered mark) {
        var key = Key.of(mark);
        lock.lock();
        try {
            var before = told.remove(key);
            if (before != null) {
                release(key, before);
            }
            delivered.merge(key, mark, Delivered::further);
            filled.signal();
        } finally {
            lock.unlock();
        }
    }

    private void holdBack(Told before, Delivered mark) {
        var next = before.next;
        before.next = next == null ? mark : next.further(mark);
        if (next == null && heldBack++ == 0) {
            filled.signal();
        }
    }

    /** What was told of long enough ago, or longer ago than there is room to remember, may be told of again. */
    private void release(long now) {
        var eldest = told.firstEntry();
        while (eldest != null && (eldest.getValue().until - now <= 0 || told.size() > settings.capacity())) {
            told.pollFirstEntry();
            release(eldest.getKey(), eldest.getValue());
            eldest = told.firstEntry();
        }
    }

    private void release(Key key, Told before) {
        if (before.next != null) {
            heldBack--;
            delivered.merge(key, before.next, Delivered::further);
        }
    }

    /**
     * Blocks until a READ waits, or what is delivered fills a call or is due; takes entries of at least one mark and at
     * most a call's, but for one READ that has more.
     */
    List<MarkEntry> take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            awaitEntries();
            var batch = new ArrayList<MarkEntry>();
            var room = settings.maxBatch();
            // Somebody waits for a READ's reply, so it goes first.
            while (!reads.isEmpty() && (batch.isEmpty() || reads.getFirst().size() <= room)) {
                var read = reads.removeFirst();
                batch.add(read);
                room -= read.size();
            }
            var until = System.nanoTime() + settings.conversationSpacing().toNanos();
            while (!delivered.isEmpty() && room > 0) {
                var next = delivered.pollFirstEntry();
                batch.add(next.getValue());
                told.put(next.getKey(), new Told(until));
                room--;
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void awaitEntries() throws InterruptedException {
        release(System.nanoTime());
        while (reads.isEmpty() && delivered.size() < settings.maxBatch()) {
            if (delivered.isEmpty() && heldBack == 0) {
                filled.await();
            } else if (filled.awaitNanos(due() - System.nanoTime()) <= 0 && !delivered.isEmpty()) {
                break;
            }
            release(System.nanoTime());
        }
        deliveredDue = System.nanoTime() + settings.spacing().toNanos();
    }

    private long due() {
        if (!delivered.isEmpty()) {
            return deliveredDue;
        }
        var released = told.firstEntry().getValue().until;
        return released - deliveredDue > 0 ? released : deliveredDue;
    }

    int size() {
        lock.lock();
        try {
            return reads.size() + delivered.size() + heldBack;
        } finally {
            lock.unlock();
        }
    }
}
