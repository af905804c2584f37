package im.magpie.e2e.system;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what shows itself in processes and files, which nobody is told of. */
public final class Await {

    /** How long anything may take that ought to happen: far more than it takes, for a failure alone waits that long. */
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

    /** Returns when the condition holds; fails when it does not in time. */
    public static void until(String what, BooleanSupplier condition) {
        if (!within(PATIENCE, condition)) {
            throw new AssertionError("waited %d s in vain until %s".formatted(PATIENCE.toSeconds(), what));
        }
    }

    /** Returns true as soon as the condition holds, false when it does not in time. */
    static boolean within(Duration patience, BooleanSupplier condition) {
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
