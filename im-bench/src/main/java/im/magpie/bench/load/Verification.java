package im.magpie.bench.load;

import im.magpie.bench.MeasurementException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Sees to it that everything that was written has come to everybody, once and in order, and was acknowledged by everybody. Blocks. */
public final class Verification {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration BEFORE_ASKING = Duration.ofSeconds(3);
    private static final Duration FOR_RECEIPTS = Duration.ofSeconds(15);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    /**
     * Waits for a load that nobody adds to any more.
     *
     * @param devices how many have each message in the end, its sender's among them
     * @throws MeasurementException when something is lost, doubled or out of order
     */
    public static void everythingCame(Load load, int devices) {
        if (!await(BEFORE_ASKING, () -> complete(load, devices))) {
            // Pushes are a fast path: what brings everything is PULL.
            load.pullAll();
            if (!await(PATIENCE, () -> complete(load, devices))) {
                throw new MeasurementException("Of %,d messages to %,d receivers each, by now: %s"
                        .formatted(load.written(), devices - 1, load.counts()));
            }
        }
        var held = load.messages();
        if (held != load.written() * devices) {
            throw new MeasurementException(
                    "%,d devices hold %,d messages, and not %,d".formatted(devices, held, load.written() * devices));
        }
    }

    private static boolean complete(Load load, int devices) {
        var counts = load.counts();
        var written = load.written();
        return counts.accepted() == written
                && counts.delivered() == written * (devices - 1)
                && counts.acknowledged() == counts.delivered()
                && load.quiet();
    }

    /**
     * Waits for the receipts of private chats: what a sender is told of his last message says that the server has taken note of every acknowledgement.
     *
     * @throws MeasurementException when a sender is not told
     */
    public static void everythingReceipted(Load load) {
        if (!await(FOR_RECEIPTS, () -> load.unreceipted() == 0)) {
            throw new MeasurementException(
                    "%,d senders were not told that all of theirs was delivered.".formatted(load.unreceipted()));
        }
    }

    private static boolean await(Duration patience, BooleanSupplier condition) {
        var deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        return true;
    }

    private Verification() {}
}
