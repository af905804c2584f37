package im.magpie.tcp.room;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What waits in a lane: each room's messages in their order, and the rooms in turn, so that a crowded one does not keep the others waiting. Event loops offer, the
 * lane's thread takes; the lock is held for moments only.
 */
final class RoomQueue {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final LinkedHashMap<RoomName, ArrayDeque<PendingSay>> rooms = new LinkedHashMap<>();
    private final int capacity;
    private final int roomCapacity;
    private int size;

    /**
     * Makes an empty one.
     *
     * @param capacity how many wait at most
     * @param roomCapacity how many of one room
     */
    RoomQueue(int capacity, int roomCapacity) {
        this.capacity = capacity;
        this.roomCapacity = roomCapacity;
    }

    /** Takes one, or returns false when too many wait. */
    boolean offer(PendingSay say) {
        lock.lock();
        try {
            var waiting = rooms.get(say.room());
            if (size >= capacity || (waiting != null && waiting.size() >= roomCapacity)) {
                return false;
            }
            rooms.computeIfAbsent(say.room(), _ -> new ArrayDeque<>()).addLast(say);
            size++;
            filled.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Blocks until something waits, and takes so many at most, and so many bytes, but for a single message. */
    List<PendingSay> take(int most, long mostBytes) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (rooms.isEmpty()) {
                filled.await();
            }
            var batch = new ArrayList<PendingSay>();
            var bytes = 0L;
            while (!rooms.isEmpty() && batch.size() < most) {
                bytes += rooms.firstEntry().getValue().getFirst().size();
                if (bytes > mostBytes && !batch.isEmpty()) {
                    break;
                }
                batch.add(takeInTurn());
            }
            size -= batch.size();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private PendingSay takeInTurn() {
        var first = rooms.pollFirstEntry();
        var say = first.getValue().removeFirst();
        if (!first.getValue().isEmpty()) {
            rooms.putLast(first.getKey(), first.getValue());
        }
        return say;
    }

    int size() {
        lock.lock();
        try {
            return size;
        } finally {
            lock.unlock();
        }
    }
}
