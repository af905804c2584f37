package im.magpie.e2e.fault;

import im.magpie.e2e.network.Side;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;

/** The kinds of faults: to what each may happen, and how long and how badly, as chance has it. */
enum Kind {
    KILL_PROCESS(
            Stage.Part.PROCESSES,
            Recovery.OF_A_PROCESS,
            (target, random) -> new Fault.Kill(target, between(0, 4_000, random))),
    FREEZE_PROCESS(
            Stage.Part.PROCESSES,
            Recovery.NONE,
            (target, random) -> new Fault.Freeze(target, between(1_000, 8_000, random))),
    KILL_SERVER(
            Stage.Part.SERVERS,
            Recovery.OF_A_SERVER,
            (target, random) -> new Fault.Kill(target, between(0, 6_000, random))),
    FREEZE_SERVER(
            Stage.Part.SERVERS,
            Recovery.NONE,
            (target, random) -> new Fault.Freeze(target, between(500, 6_000, random))),
    RESTART_SERVER(
            Stage.Part.SERVERS,
            Recovery.OF_A_SERVER,
            (target, random) -> new Fault.Restart(target, between(0, 10_000, random))),
    FLUSH(Stage.Part.REDIS, Recovery.NONE, (target, _) -> new Fault.Flush(target)),
    WIPE(Stage.Part.REDIS, Recovery.OF_A_SERVER, (target, random) -> new Fault.Wipe(target, between(0, 4_000, random))),
    DELAY(Stage.Part.LINKS, Recovery.NONE, (target, random) -> {
        var least = between(0, 50, random);
        return new Fault.Delay(target, least, least.plus(between(20, 800, random)), between(3_000, 10_000, random));
    }),
    DROP(Stage.Part.LINKS, Recovery.NONE, (target, random) -> new Fault.Drop(target, between(500, 8_000, random))),
    CUT(Stage.Part.LINKS, Recovery.NONE, (target, _) -> new Fault.Cut(target)),
    HALF_CLOSE(Stage.Part.LINKS, Recovery.NONE, (target, random) -> {
        var towards = random.nextBoolean() ? Side.CLIENT : Side.SERVER;
        return new Fault.HalfClose(target, towards, between(500, 5_000, random));
    }),
    BLOCK(Stage.Part.LINKS, Recovery.NONE, (target, random) -> new Fault.Block(target, between(500, 8_000, random))),
    SKEW(Stage.Part.PROCESSES, Recovery.OF_A_PROCESS_TWICE, (target, random) -> {
        var minutes = random.nextInt(2, 20) * (random.nextBoolean() ? 1 : -1);
        return new Fault.Skew(target, Duration.ofMinutes(minutes), between(5_000, 15_000, random));
    });

    /** How long it takes at most, on a small machine, until what was broken is at work again. */
    private enum Recovery {
        NONE(0),
        OF_A_SERVER(10),
        OF_A_PROCESS(25),
        OF_A_PROCESS_TWICE(50);

        private final Duration time;

        Recovery(int seconds) {
            this.time = Duration.ofSeconds(seconds);
        }
    }

    private final Stage.Part part;
    private final Recovery recovery;
    private final BiFunction<String, SplittableRandom, Fault> maker;

    Kind(Stage.Part part, Recovery recovery, BiFunction<String, SplittableRandom, Fault> maker) {
        this.part = part;
        this.recovery = recovery;
        this.maker = maker;
    }

    boolean isOfLink() {
        return part == Stage.Part.LINKS;
    }

    List<String> targets(Stage stage) {
        return stage.of(part);
    }

    /** Returns how long it takes at most, once it is mended, until what was broken is at work again. */
    Duration recovery() {
        return recovery.time;
    }

    /** Returns whether a JVM has to start, which takes a small machine's whole strength: no other is to start at the same time. */
    boolean isHeavy() {
        return recovery.compareTo(Recovery.OF_A_PROCESS) >= 0;
    }

    /** Makes a fault of this kind; nothing but the random numbers decides which. */
    Fault of(String target, SplittableRandom random) {
        return maker.apply(target, random);
    }

    private static Duration between(int leastMillis, int mostMillis, SplittableRandom random) {
        return Duration.ofMillis(random.nextInt(leastMillis, mostMillis + 1));
    }
}
