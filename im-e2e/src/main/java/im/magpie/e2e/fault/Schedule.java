package im.magpie.e2e.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * Which faults happen when. Made from a seed alone: the same seed, length and stage make the same schedule, on every machine.
 *
 * <p>Kinds come in rounds, each kind once a round in an order of chance, so that a long schedule has seen them all. Several things may be broken at a
 * time, but nothing is broken again before it can be whole, and of what takes a whole machine to mend there is one at a time.
 */
public record Schedule(List<Planned> faults) {

    private static final int LEAST_GAP_MILLIS = 1_000;
    private static final int MOST_GAP_MILLIS = 6_000;

    /**
     * A fault that is to happen.
     *
     * @param at behind the beginning
     */
    public record Planned(Duration at, Fault fault) {

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%7.1f s  %s", at.toMillis() / 1_000.0, fault);
        }
    }

    /** Makes the schedule; every fault in it ends within the length, though what it broke may take longer to come up again. */
    public static Schedule of(long seed, Duration length, Stage stage) {
        return new Planner(new SplittableRandom(seed), length, stage).plan();
    }

    private static final class Planner {

        private final SplittableRandom random;
        private final Duration length;
        private final Stage stage;
        private final List<Planned> faults = new ArrayList<>();
        private final List<Kind> waiting = new ArrayList<>();
        private final Map<Thing, Duration> wholeAt = new HashMap<>();
        private Duration strongAt = Duration.ZERO;

        /** A link, or what it leads to. */
        private record Thing(boolean isLink, String target) {}

        Planner(SplittableRandom random, Duration length, Stage stage) {
            this.random = random;
            this.length = length;
            this.stage = stage;
        }

        Schedule plan() {
            for (var now = gap(); now.compareTo(length) < 0; now = now.plus(gap())) {
                if (!planNext(now)) {
                    // Those that are left have to wait; their turn stays before that of the next round.
                    shuffled().stream().filter(kind -> !waiting.contains(kind)).forEach(waiting::add);
                    planNext(now);
                }
            }
            return new Schedule(List.copyOf(faults));
        }

        private boolean planNext(Duration now) {
            for (var kind : waiting) {
                if (plan(kind, now)) {
                    waiting.remove(kind);
                    return true;
                }
            }
            return false;
        }

        private boolean plan(Kind kind, Duration now) {
            var targets = kind.targets(stage).stream()
                    .filter(target -> wholeAt.getOrDefault(new Thing(kind.isOfLink(), target), Duration.ZERO)
                                    .compareTo(now)
                            <= 0)
                    .toList();
            if (targets.isEmpty() || (kind.isHeavy() && strongAt.compareTo(now) > 0)) {
                return false;
            }
            var fault = kind.of(targets.get(random.nextInt(targets.size())), random);
            var end = now.plus(fault.lasts());
            if (end.compareTo(length) > 0) {
                return false;
            }
            faults.add(new Planned(now, fault));
            var whole = end.plus(kind.recovery());
            wholeAt.put(new Thing(kind.isOfLink(), fault.target()), whole);
            if (kind.isHeavy()) {
                strongAt = whole;
            }
            return true;
        }

        private Duration gap() {
            return Duration.ofMillis(random.nextInt(LEAST_GAP_MILLIS, MOST_GAP_MILLIS));
        }

        private List<Kind> shuffled() {
            var kinds = new ArrayList<>(Arrays.asList(Kind.values()));
            for (var i = kinds.size() - 1; i > 0; i--) {
                kinds.set(i, kinds.set(random.nextInt(i + 1), kinds.get(i)));
            }
            return kinds;
        }
    }

    /** Returns a line for each fault. */
    @Override
    public String toString() {
        return faults.stream().map(Planned::toString).collect(Collectors.joining("\n"));
    }
}
