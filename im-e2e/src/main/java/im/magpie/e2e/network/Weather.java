package im.magpie.e2e.network;

import java.time.Duration;

/** How a {@link Proxy} treats what it carries, for as long as that lasts. */
public sealed interface Weather {

    /** At once, and everything. */
    record Clear() implements Weather {}

    /**
     * Everything comes late, in each connection by a time of its own: so connections overtake each other, though nothing within one of them does.
     *
     * @param least by which the quickest connection is late
     * @param most by which the slowest is
     */
    record Slow(Duration least, Duration most) implements Weather {

        /** Refuses times that are none. */
        public Slow {
            if (least.isNegative() || most.compareTo(least) < 0) {
                throw new IllegalArgumentException("from %s to %s".formatted(least, most));
            }
        }
    }

    /**
     * Nothing arrives, and nobody is told. A connection that has lost something is lost, because TCP does not go on behind a gap: nothing gets through it any
     * more, and when the weather changes it is cut.
     */
    record Lossy() implements Weather {}

    /** Whoever tries to connect is cut off at once; who is connected stays so. */
    record Closed() implements Weather {}

    Weather CLEAR = new Clear();
    Weather LOSSY = new Lossy();
    Weather CLOSED = new Closed();
}
