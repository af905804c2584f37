package im.magpie.e2e.check;

import static im.magpie.e2e.check.Tale.PATIENCE;
import static im.magpie.e2e.check.Tale.text;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.e2e.history.Entry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AgreementTest {

    private static final Duration JUST_IN_TIME = PATIENCE.minusMillis(10);
    private static final Duration TOO_LATE = PATIENCE.plusMillis(10);
    private static final Entry A = text(1, "alice", "a");

    private final Tale tale = new Tale("alice/phone", "alice/laptop", "bob/phone").says("alice/phone", "a");

    @Test
    void acceptsWhatIsShownJustInTime() {
        tale.acknowledged("a", 1).quiet().passes(JUST_IN_TIME).shownToAll(A).ends(A);

        assertThat(tale.found()).isEmpty();
    }

    /** While something is broken, nobody can promise how long it takes. */
    @Test
    void acceptsAnyDelayBeforeAllIsQuiet() {
        tale.acknowledged("a", 1).passes(TOO_LATE).shown("alice/phone", A).passes(TOO_LATE);

        assertThat(tale.shown("alice/laptop", A)
                        .quiet()
                        .shown("bob/phone", A)
                        .ends(A)
                        .found())
                .isEmpty();
    }

    @Test
    void findsWhatIsShownTooLate() {
        tale.acknowledged("a", 1).shown("alice/phone", A).shown("alice/laptop", A);

        assertThat(tale.quiet().passes(TOO_LATE).shown("bob/phone", A).ends(A).found())
                .singleElement()
                .satisfies(violation -> {
                    assertThat(violation.rule()).isEqualTo("Agreement");
                    assertThat(violation.what()).contains("was shown by bob/phone 0.0 s too late");
                    assertThat(violation.lines()).hasSize(1);
                });
    }

    @Test
    void findsWhatIsNeverShown() {
        tale.acknowledged("a", 1)
                .shown("alice/phone", A)
                .quiet()
                .shown("alice/laptop", A)
                .ends(A);

        assertThat(tale.found(new Agreement())).singleElement().asString().endsWith("was never shown by bob/phone");
    }

    /** What was under way when all became quiet has its own time to arrive. */
    @Test
    void countsFromWhenSomethingIsKnown() {
        tale.quiet()
                .passes(TOO_LATE)
                .acknowledged("a", 1)
                .passes(JUST_IN_TIME)
                .shownToAll(A)
                .ends(A);

        assertThat(tale.found()).isEmpty();
    }

    /** A device that is opened late has its own time to catch up. */
    @Test
    void countsFromWhenADeviceIsOn() {
        tale.acknowledged("a", 1)
                .stops("bob/phone")
                .quiet()
                .shown("alice/phone", A)
                .shown("alice/laptop", A)
                .passes(TOO_LATE)
                .starts("bob/phone")
                .passes(JUST_IN_TIME)
                .shown("bob/phone", A)
                .ends(A);

        assertThat(tale.found()).isEmpty();
    }

    @Test
    void findsAnOperationThatIsNeverAnswered() {
        assertThat(tale.endsWellWith(A).found())
                .singleElement()
                .satisfies(violation -> assertThat(violation.what())
                        .endsWith("nobody ever heard what came of \"a\" by alice/phone (unanswered)"));
    }

    @Test
    void findsADeviceThatNeverLearnsOfARead() {
        tale.acknowledged("a", 1).shownToAll(A).reads("bob/phone", 1).marked("alice/phone", "bob", 1, 1);

        assertThat(tale.quiet().ends(A).found())
                .singleElement()
                .satisfies(violation -> assertThat(violation.what())
                        .endsWith("alice/laptop never learnt that bob has read everything up to 1"));
    }

    @Test
    void findsADeviceThatLearnsOfItTooLate() {
        tale.acknowledged("a", 1).shownToAll(A).reads("bob/phone", 1).marked("alice/phone", "bob", 1, 1);

        assertThat(tale.quiet()
                        .passes(TOO_LATE)
                        .marked("alice/laptop", "bob", 1, 1)
                        .ends(A)
                        .found())
                .hasSize(1);
    }

    /** What the app was told and did not pass on before it was closed is lost with it. */
    @Test
    void acceptsAReadThatAClosedDeviceTookAway() {
        tale.acknowledged("a", 1)
                .shownToAll(A)
                .reads("bob/phone", 1)
                .stops("bob/phone")
                .starts("bob/phone");

        assertThat(tale.quiet().ends(A).found()).isEmpty();
    }

    @Test
    void findsThatTheOtherDevicesOfTheReaderDoNotKnow() {
        tale.acknowledged("a", 1).shownToAll(A).reads("alice/phone", 1).marked("bob/phone", "alice", 1, 1);

        assertThat(tale.quiet().ends(A).found())
                .singleElement()
                .satisfies(violation -> assertThat(violation.what()).contains("alice/laptop never learnt"));
    }
}
