package im.magpie.e2e.check;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.e2e.history.Event;
import im.magpie.e2e.history.History;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A judge who overlooks things would let everything pass, and one who sees things would be believed by nobody. */
class CheckerTest {

    private static final long CORRECT = 300;
    private static final long HARMED = 40;

    static Stream<Harm> harms() {
        return Harm.ALL.stream();
    }

    @Test
    void findsNothingWhereNothingIsWrong() {
        for (var seed = 0L; seed < CORRECT; seed++) {
            var verdict = verdict(ReferenceChat.history(seed));

            assertThat(verdict.violations()).as("seed %d: %s", seed, verdict).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("harms")
    void findsWhatIsWrong(Harm harm) {
        var done =
                LongStream.range(0, HARMED).filter(seed -> isFound(harm, seed)).count();

        // Not every history has what it takes, but most have.
        assertThat(done).isGreaterThan(HARMED / 2);
    }

    private static boolean isFound(Harm harm, long seed) {
        var lines = new Lines(ReferenceChat.history(seed), new SplittableRandom(seed));
        if (!harm.done().test(lines)) {
            return false;
        }
        var verdict = verdict(lines.all());
        assertThat(verdict.counts())
                .as("seed %d: %s", seed, verdict)
                .containsKey(harm.broken().getSimpleName());
        return true;
    }

    /** Every rule is broken by some harm. */
    @Test
    void knowsAHarmForEveryRule() {
        assertThat(harms().map(Harm::broken).distinct().toList())
                .containsExactlyInAnyOrderElementsOf(Checker.RULES.stream()
                        .<Class<? extends Rule>>map(Rule::getClass)
                        .toList());
    }

    private static Verdict verdict(List<Event> events) {
        return Checker.check(History.of(events));
    }
}
