package im.magpie.service.pipeline;

import java.time.Duration;

/** A moment that somebody will not wait beyond. */
record Deadline(long nanoTime) {

    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** Returns this moment, or the one that is so far away where that comes sooner. */
    Deadline orIn(Duration time) {
        var other = in(time);
        return other.nanoTime - nanoTime < 0 ? other : this;
    }

    /** Returns this moment, or the one that is so far away where that comes later. */
    Deadline atLeastIn(Duration time) {
        var other = in(time);
        return other.nanoTime - nanoTime > 0 ? other : this;
    }

    /** Returns what is left, at least zero. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
    }

    boolean passed() {
        return nanoTime - System.nanoTime() <= 0;
    }
}
