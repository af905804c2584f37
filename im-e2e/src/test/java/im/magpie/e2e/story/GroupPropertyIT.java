package im.magpie.e2e.story;

import im.magpie.e2e.crowd.Seed;
import im.magpie.e2e.group.Bustle;
import im.magpie.e2e.people.People;
import im.magpie.e2e.system.GroupBounds;
import im.magpie.e2e.system.MagpieSystem;
import org.junit.jupiter.api.Test;

/**
 * Whatever people do in groups that grow and shrink: each of their devices ends with exactly what they had the right to see. {@code -Dmagpie.seed} repeats a run, and
 * {@code -Dmagpie.group-runs} has more of them, each with the next seed.
 */
@OnMagpie(OnMagpie.BROKEN)
class GroupPropertyIT {

    private static final int FEW = 2;
    private static final int RUNS = Integer.getInteger("magpie.group-runs", FEW);
    private static final int ACTS = 4;
    private static final int THINGS = 40;

    @Test
    void everyDeviceEndsWithWhatItsOwnerHadTheRightToSee(MagpieSystem system) {
        system.changeGroupBounds(GroupBounds.SMALL);
        var first = Seed.draw();
        for (var run = 0; run < RUNS; run++) {
            var seed = new Seed(first.value() + run);
            try (var people = new People(system)) {
                play(new Bustle(people, seed.random()), system);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("-Dmagpie.seed=" + seed.value(), e);
            }
        }
    }

    private static void play(Bustle bustle, MagpieSystem system) {
        for (var act = 1; act < ACTS; act++) {
            bustle.happens(THINGS);
            // Standalone takes some seconds for it, which it is not worth each time.
            if (MagpieSystem.isCluster() || (RUNS > FEW && act == 2)) {
                bustle.boundsChange(system);
            }
        }
        bustle.happens(THINGS);
        bustle.oneEnds();
        bustle.happens(THINGS / 4);
        bustle.endsWell();
    }
}
