package im.magpie.e2e.fault;

import im.magpie.e2e.network.Side;
import java.time.Duration;
import java.util.Locale;

/**
 * Something that breaks and is mended. Processes and servers are named as {@code ./im cluster status} names them, links by the server or gateway that they
 * lead to.
 */
public sealed interface Fault {

    /** What the names of Redis' servers begin with. */
    String REDIS = "redis";

    /** Returns what breaks. A link and what it leads to have the same name, and may break at the same time. */
    String target();

    /** Returns how long it stays broken before it is mended; zero for what is over at once. */
    Duration lasts();

    /** Returns the name of its kind, for figures. */
    default String kind() {
        return getClass().getSimpleName().replaceAll("(?<=.)(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    /** Returns whether Redis may forget by it what it knew. */
    default boolean forgets() {
        return switch (this) {
            case Flush _, Wipe _ -> true;
            case Kill kill -> kill.target.startsWith(REDIS);
            case Restart restart -> restart.target.startsWith(REDIS);
            case Freeze _, OfLink _, Skew _ -> false;
        };
    }

    /** A process or server ends at once, and is started again. */
    record Kill(String target, Duration lasts) implements Fault {

        @Override
        public String toString() {
            return "%s is killed, for %s".formatted(target, seconds(lasts));
        }
    }

    /** A process or server does nothing for a while, and keeps its connections. */
    record Freeze(String target, Duration lasts) implements Fault {

        @Override
        public String toString() {
            return "%s stands still for %s".formatted(target, seconds(lasts));
        }
    }

    /** A server is asked to end, and started again. */
    record Restart(String target, Duration lasts) implements Fault {

        @Override
        public String toString() {
            return "%s is stopped, for %s".formatted(target, seconds(lasts));
        }
    }

    /** Redis forgets everything, and goes on. */
    record Flush(String target) implements Fault {

        @Override
        public Duration lasts() {
            return Duration.ZERO;
        }

        @Override
        public String toString() {
            return target + " forgets everything";
        }
    }

    /** Redis ends at once, and is started again with nothing on its disk. */
    record Wipe(String target, Duration lasts) implements Fault {

        @Override
        public String toString() {
            return "%s is killed, for %s, and comes back empty".formatted(target, seconds(lasts));
        }
    }

    /** It happens to a link, which goes through a proxy. */
    sealed interface OfLink extends Fault {}

    /** What goes over a link comes late, each connection by a time of its own between two, so that they overtake each other. */
    record Delay(String target, Duration least, Duration most, Duration lasts) implements OfLink {

        @Override
        public String toString() {
            return "the way to %s takes %d to %d ms longer, for %s"
                    .formatted(target, least.toMillis(), most.toMillis(), seconds(lasts));
        }
    }

    /** What goes over a link is lost, and its connections are cut in the end. */
    record Drop(String target, Duration lasts) implements OfLink {

        @Override
        public String toString() {
            return "the way to %s loses everything, for %s".formatted(target, seconds(lasts));
        }
    }

    /** The connections of a link break. */
    record Cut(String target) implements OfLink {

        @Override
        public Duration lasts() {
            return Duration.ZERO;
        }

        @Override
        public String toString() {
            return "the connections to " + target + " break";
        }
    }

    /** The connections of a link end in one direction; those that still live are cut in the end. */
    record HalfClose(String target, Side towards, Duration lasts) implements OfLink {

        @Override
        public String toString() {
            return "the connections to %s close by half, towards the %s, for %s"
                    .formatted(target, towards.name().toLowerCase(Locale.ROOT), seconds(lasts));
        }
    }

    /** The connections of a link break, and nobody gets a new one for a while. */
    record Block(String target, Duration lasts) implements OfLink {

        @Override
        public String toString() {
            return "the way to %s is closed, for %s".formatted(target, seconds(lasts));
        }
    }

    /** A process is started again with a clock that is wrong, and again with the right one. */
    record Skew(String target, Duration ahead, Duration lasts) implements Fault {

        @Override
        public String toString() {
            return "the clock of %s is %d min %s, for %s"
                    .formatted(
                            target, Math.abs(ahead.toMinutes()), ahead.isNegative() ? "slow" : "fast", seconds(lasts));
        }
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1_000.0);
    }
}
