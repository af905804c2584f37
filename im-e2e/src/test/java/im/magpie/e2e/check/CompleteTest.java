package im.magpie.e2e.check;

import static im.magpie.e2e.check.Tale.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import im.magpie.e2e.history.Entry;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompleteTest {

    private static final Entry A = text(1, "alice", "a");

    private final Tale tale =
            new Tale("alice/phone", "bob/phone").says("alice/phone", "a").acknowledged("a", 1);

    @Test
    void acceptsARunOfWhichNothingCame() {
        assertThat(new Tale("alice/phone", "bob/phone").endsWellWith().found()).isEmpty();
    }

    @Test
    void findsARunThatWasBrokenOff() {
        assertThat(tale.found(new Complete()))
                .containsExactly(
                        "it never came to rest",
                        "nobody asked for the history of " + Tale.CHAT,
                        "nobody looked at what alice/phone keeps of " + Tale.CHAT,
                        "nobody looked at what bob/phone keeps of " + Tale.CHAT);
    }

    @Test
    void findsADeviceThatNobodyLookedAt() {
        tale.quiet().shownToAll(A).stored(A).kept("alice/phone", A);

        assertThat(tale.found(new Complete())).containsExactly("nobody looked at what bob/phone keeps of " + Tale.CHAT);
    }

    @Test
    void findsADeviceThatWasLookedAtTooEarly() {
        tale.kept("bob/phone", A).quiet().shownToAll(A).stored(A).kept("alice/phone", A);

        assertThat(tale.found(new Complete())).hasSize(1);
    }

    @Test
    void findsADeviceThatIsOff() {
        assertThat(tale.endsWellWith(A).stops("bob/phone").found(new Complete()))
                .containsExactly("bob/phone is off in the end");
    }

    @Test
    void findsMessagesThatCanNotBeToldApart() {
        var told = new Tale("alice/phone", "bob/phone")
                .says("alice/phone", "a")
                .unknown("a")
                .says("bob/phone", "a")
                .unknown("a");

        assertThat(told.endsWellWith().found(new Complete()))
                .singleElement()
                .asString()
                .endsWith("say the same");
    }

    @Test
    void findsSomethingSaidWhenAllWasQuiet() {
        tale.quiet().says("bob/phone", "b").unknown("b").shownToAll(A).ends(A);

        assertThat(tale.found(new Complete())).hasSize(1);
    }

    @Test
    void namesWhatItFindsAndShowsTheLines() {
        var verdict = Checker.check(tale.quiet().ends().history());

        assertThat(verdict.isClean()).isFalse();
        assertThat(verdict.counts()).containsExactly(entry("NothingLost", 1L));
        assertThat(verdict.toString().lines().toList())
                .hasSize(4)
                .element(1)
                .asString()
                .startsWith("NothingLost: \"a\" by alice/phone (acknowledged as 1) is missing from");
        assertThat(verdict.violations().getFirst().lines()).hasSize(2);
        assertThat(new Verdict(List.of()).toString()).isEqualTo("Every promise was kept.");
    }
}
