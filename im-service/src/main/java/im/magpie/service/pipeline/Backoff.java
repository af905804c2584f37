package im.magpie.service.pipeline;

import java.time.Duration;

/** Pauses that double, up to a bound. */
final class Backoff {

    private static final Duration FIRST = Duration.ofMillis(2);
    private static final Duration LONGEST = Duration.ofMillis(200);

    private Duration next = FIRST;

    /** Pauses, though not beyond a deadline; returns whether there is time left to try again. */
    boolean pauseUntil(Deadline deadline) {
        var left = deadline.left();
        try {
            Thread.sleep(left.compareTo(next) < 0 ? left : next);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        var doubled = next.multipliedBy(2);
        next = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
        return !deadline.passed();
    }
}
