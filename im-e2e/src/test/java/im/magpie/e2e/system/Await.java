package im.magpie.e2e.system;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waiting for what is to happen. */
public final class Await {

    /** How long anything may take that ought to happen: far more than it takes, for a failure alone waits that long. */
    public static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

    /** Looks at processes and files, which tell nobody of their changes, until the condition holds; fails when it does not in time. */
    public static void until(String what, BooleanSupplier condition) {
        if (!within(PATIENCE, condition)) {
            throw new AssertionError("waited %d s in vain until %s".formatted(PATIENCE.toSeconds(), what));
        }
    }

    /**
     * Waits, on a monitor that is notified of every change, until the condition holds; fails when it does not in time.
     *
     * @param complaint what to say then, behind how long the wait was
     */
    public static void change(Object monitor, BooleanSupplier condition, Supplier<String> complaint) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        synchronized (monitor) {
            while (!condition.getAsBoolean()) {
                var left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    throw new AssertionError(
                            "waited %d s in vain: %s".formatted(PATIENCE.toSeconds(), complaint.get()));
                }
                try {
                    monitor.wait(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new AssertionError("interrupted while it waited: " + complaint.get(), e);
                }
            }
        }
    }

    /** Returns when so much time has passed, for what has to last. */
    public static void pass(Duration time) {
        within(time, () -> false);
    }

    /** Returns true as soon as the condition holds, false when it does not in time. */
    public static boolean within(Duration patience, BooleanSupplier condition) {
        var deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        return true;
    }

    private Await() {}
}
