package im.magpie.e2e.measure;

import im.magpie.bench.MeasurementException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** How long to wait for what has to come. */
final class Patience {

    private static final Duration LONGEST = Duration.ofMinutes(3);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    /** Returns what comes; fails where it does not, or is a failure. */
    static <T> T await(String what, CompletableFuture<T> future) {
        try {
            return future.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new MeasurementException("Waited in vain for %s: %s".formatted(what, e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MeasurementException("interrupted");
        }
    }

    /** @param what says, where it does not come to be, how far it is */
    static void await(BooleanSupplier condition, Supplier<String> what) {
        var deadline = System.nanoTime() + LONGEST.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new MeasurementException("Waited in vain: " + what.get());
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    /** Lets time pass. */
    static void pass(Duration time) {
        pauseUntil(System.nanoTime() + time.toNanos());
    }

    /** @param nanoTime as of {@link System#nanoTime} */
    static void pauseUntil(long nanoTime) {
        for (var left = nanoTime - System.nanoTime(); left > 0; left = nanoTime - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private Patience() {}
}
