package im.magpie.tcp.timeline;

import im.magpie.tcp.timeline.MarkEntry.Delivered;
import im.magpie.tcp.timeline.MarkEntry.Read;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The watermarks that wait for a call. Nobody waits for an answer to what is delivered: that is taken at intervals, and
 * merged meanwhile. Event loops put watermarks in, one thread takes them; the lock is held for a few instructions only.
 */
final class MarkQueue {

    private record Key(long connectionId, String conversationId) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final ArrayDeque<Read> reads = new ArrayDeque<>();
    private final LinkedHashMap<Key, Delivered> delivered = new LinkedHashMap<>();
    private final MarkSettings settings;
    private long deliveredDue = System.nanoTime();

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
        var key = new Key(mark.session().getConnectionId(), mark.conversationId());
        lock.lock();
        try {
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
            while (!delivered.isEmpty() && room > 0) {
                batch.add(delivered.pollFirstEntry().getValue());
                room--;
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void awaitEntries() throws InterruptedException {
        while (reads.isEmpty() && delivered.size() < settings.maxBatch()) {
            if (delivered.isEmpty()) {
                filled.await();
            } else if (filled.awaitNanos(deliveredDue - System.nanoTime()) <= 0) {
                break;
            }
        }
        deliveredDue = System.nanoTime() + settings.spacing().toNanos();
    }

    int size() {
        lock.lock();
        try {
            return reads.size() + delivered.size();
        } finally {
            lock.unlock();
        }
    }
}
