package im.magpie.e2e.check;

import static im.magpie.e2e.check.GroupTale.A;
import static im.magpie.e2e.check.GroupTale.ADDED;
import static im.magpie.e2e.check.GroupTale.B;
import static im.magpie.e2e.check.GroupTale.GONE;
import static im.magpie.e2e.check.GroupTale.MADE;
import static im.magpie.e2e.check.Tale.event;
import static im.magpie.e2e.check.Tale.text;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.e2e.history.Body;
import im.magpie.e2e.history.Entry;
import java.util.List;
import org.junit.jupiter.api.Test;

class MayWriteTest {

    private static final Entry SILENCED = event(5, 2, "alice", new Body.Silenced(3, "bob", true));

    /** What the rule finds in this timeline, as Alice is answered it. */
    private static List<String> found(Entry... entries) {
        return GroupTale.asked().quiet().storedFor("alice/phone", entries).found(new MayWrite());
    }

    @Test
    void acceptsMembers() {
        assertThat(found(MADE, A, ADDED, B, GONE, text(6, 3, "carol", "c"))).isEmpty();
    }

    @Test
    void findsWhatIsSaidBySomebodyWhoIsGone() {
        assertThat(found(MADE, A, ADDED, B, GONE, text(6, 3, "bob", "d")))
                .singleElement()
                .asString()
                .endsWith("is of bob, who is not in the group there");
    }

    @Test
    void findsWhatIsSaidBySomebodyWhoHasNotComeYet() {
        assertThat(found(MADE, text(2, 1, "carol", "c"), ADDED)).hasSize(1);
    }

    @Test
    void findsWhatIsSaidBySomebodyWhoIsSilenced() {
        assertThat(found(MADE, A, ADDED, B, SILENCED, text(6, 3, "bob", "d")))
                .singleElement()
                .asString()
                .endsWith("is of bob, who is silenced there");
    }

    @Test
    void acceptsWhatIsSaidBehindASilence() {
        var again = event(6, 2, "alice", new Body.Silenced(4, "bob", false));

        assertThat(found(MADE, A, ADDED, B, SILENCED, again, text(7, 3, "bob", "d")))
                .isEmpty();
    }

    /** Whoever comes again begins anew. */
    @Test
    void acceptsWhatIsSaidBySomebodyWhoWasSilencedWhenHeWentAndCameAgain() {
        var left = event(6, 2, "bob", new Body.Went(4, List.of("bob")));
        var back = event(7, 2, "bob", new Body.Came(5, List.of("bob"), false));

        assertThat(found(MADE, A, ADDED, B, SILENCED, left, back, text(8, 3, "bob", "d")))
                .isEmpty();
    }

    @Test
    void findsAChangeOfWhatItsSenderMayNotRead() {
        var reaction = Tale.change(4, 1, "carol", "x", new Body.Reaction(2, "+", false));

        assertThat(found(MADE, A, ADDED, reaction))
                .singleElement()
                .asString()
                .endsWith("is of carol, who may not read what it changes");
    }

    @Test
    void findsSomebodyWhoSendsOthersAway() {
        assertThat(found(MADE, A, ADDED, event(4, 1, "bob", new Body.Went(3, List.of("carol")))))
                .singleElement()
                .asString()
                .endsWith("is of bob, who has not made the group");
    }

    @Test
    void findsSomebodyWhoBringsOthersInAndIsNotIn() {
        assertThat(found(MADE, A, event(3, 1, "mallory", new Body.Came(2, List.of("carol"), false))))
                .singleElement()
                .asString()
                .endsWith("is of mallory, who is not in the group there");
    }
}
