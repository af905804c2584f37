package im.magpie.tcp.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random changes of a group, messages, losses, repetitions, logins and closes: nobody is shown a message at whose version he was no member, and everybody
 * who is a member has heard of the newest one once everything has settled.
 */
class GroupPropertyTest {

    private static final int RUNS = 400;
    private static final int STEPS = 300;

    @Test
    void whateverHappensNobodySeesTooMuchAndNobodyMissesAnything() {
        var shown = 0;
        for (var seed = 0; seed < RUNS; seed++) {
            var random = new Random(seed);
            var model = new GroupModel(random);
            try {
                for (var step = 0; step < STEPS; step++) {
                    act(model, random.nextInt(100));
                }
                model.quiesce();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
            shown += model.shown();
        }
        assertThat(shown).as("messages shown in all runs").isGreaterThan(RUNS * 10);
    }

    private static void act(GroupModel model, int dice) {
        if (dice < 25) {
            model.say();
        } else if (dice < 33) {
            model.change();
        } else if (dice < 58) {
            model.bringSomething();
        } else if (dice < 62) {
            model.loseSomething();
        } else if (dice < 66) {
            model.repeatSomething();
        } else if (dice < 74) {
            model.beginSync();
        } else if (dice < 82) {
            model.endSync();
        } else if (dice < 85) {
            model.close();
        } else if (dice < 90) {
            model.ask();
        } else if (dice < 95) {
            model.answer();
        } else if (dice < 98) {
            model.enrol();
        } else if (dice < 99) {
            model.forgetNode();
        } else {
            model.quiesce();
        }
    }
}
