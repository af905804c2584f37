package im.magpie.e2e.crowd;

import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the chance of a story comes from: a number that is printed, and that {@code -Dmagpie.seed} gives back to it. */
public record Seed(long value) {

    private static final Logger LOG = LoggerFactory.getLogger(Seed.class);

    /** Returns the seed that was asked for, or a new one. */
    public static Seed draw() {
        var given = Long.getLong("magpie.seed");
        var seed = new Seed(given == null ? ThreadLocalRandom.current().nextLong(1_000_000) : given);
        LOG.info("-Dmagpie.seed={}", seed.value);
        return seed;
    }

    public SplittableRandom random() {
        return new SplittableRandom(value);
    }
}
