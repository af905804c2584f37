package im.magpie.e2e.chaos;

import im.magpie.e2e.fault.Fault;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Holds a fault back as long as its target is still broken by another one, or another JVM is still starting: a machine may be slower than the schedule takes it to
 * be.
 */
final class Turns {

    private static final String SERVICES = "im-";

    private final Map<String, Lock> things = new ConcurrentHashMap<>();
    private final Lock oneJvm = new ReentrantLock(true);

    /** Does it when its turn has come. */
    void take(Fault fault, Runnable action) {
        var thing = fault instanceof Fault.OfLink ? "the way to " + fault.target() : fault.target();
        locked(things.computeIfAbsent(thing, _ -> new ReentrantLock(true)), () -> {
            if (startsJvm(fault)) {
                locked(oneJvm, action);
            } else {
                action.run();
            }
        });
    }

    private static boolean startsJvm(Fault fault) {
        return switch (fault) {
            case Fault.Kill _, Fault.Restart _, Fault.Skew _ -> fault.target().startsWith(SERVICES);
            case Fault.Freeze _, Fault.Flush _, Fault.Wipe _, Fault.OfLink _ -> false;
        };
    }

    private static void locked(Lock lock, Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }
}
