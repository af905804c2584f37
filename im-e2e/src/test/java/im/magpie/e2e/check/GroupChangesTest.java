package im.magpie.e2e.check;

import static im.magpie.e2e.check.GroupTale.A;
import static im.magpie.e2e.check.GroupTale.ADDED;
import static im.magpie.e2e.check.GroupTale.B;
import static im.magpie.e2e.check.GroupTale.C;
import static im.magpie.e2e.check.GroupTale.GONE;
import static im.magpie.e2e.check.GroupTale.MADE;
import static im.magpie.e2e.check.Tale.GROUP;
import static im.magpie.e2e.check.Tale.event;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.e2e.history.Body;
import im.magpie.e2e.history.Entry;
import im.magpie.e2e.history.Operation;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupChangesTest {

    private final Tale tale = GroupTale.asked();

    private List<String> found(Entry... entries) {
        return tale.quiet().storedFor("alice/phone", entries).found(new GroupChanges());
    }

    @Test
    void acceptsAnEventForEachChange() {
        assertThat(found(MADE, A, ADDED, B, GONE, C)).isEmpty();
    }

    @Test
    void findsAnAcknowledgedChangeWithoutAnEvent() {
        assertThat(found(MADE, A, B))
                .containsExactly(
                        GROUP + ": nothing came of the addition of carol by alice/phone (acknowledged)",
                        GROUP + ": nothing came of the removal of bob by alice/phone (acknowledged)");
    }

    @Test
    void acceptsAnOpenChangeWithAndWithoutAnEvent() {
        tale.asks("alice/phone", "n", new Operation.Name(GROUP, "n")).unknown("n");
        tale.asks("alice/phone", "m", new Operation.Name(GROUP, "m")).unknown("m");

        assertThat(found(MADE, A, ADDED, B, GONE, C, event(7, 3, "alice", 8, new Body.Named(4, "m"))))
                .isEmpty();
    }

    @Test
    void acceptsAnAcknowledgementOfWhatWasSoAlready() {
        tale.shown("alice/phone", MADE, A, ADDED, B, GONE, C)
                .asks("alice/phone", "again", new Operation.Add(GROUP, "carol"))
                .done("again");

        assertThat(found(MADE, A, ADDED, B, GONE, C)).isEmpty();
    }

    /** It was so once, but not any more when it was asked for. */
    @Test
    void findsAnAcknowledgementOfWhatIsNotSoAnyMore() {
        tale.shown("alice/phone", MADE, A, ADDED, B, GONE, C)
                .asks("alice/phone", "again", new Operation.Add(GROUP, "bob"))
                .done("again");

        assertThat(found(MADE, A, ADDED, B, GONE, C))
                .containsExactly(GROUP + ": nothing came of the addition of bob by alice/phone (acknowledged)");
    }

    /** Something stands before it that was asked for when it was acknowledged already. */
    @Test
    void findsAnEventThatComesLaterThanItsAcknowledgement() {
        tale.asks("alice/phone", "n", new Operation.Name(GROUP, "n"))
                .done("n")
                .says("alice/phone", "d")
                .unknown("d");

        assertThat(found(
                        MADE,
                        A,
                        ADDED,
                        B,
                        GONE,
                        C,
                        Tale.text(7, 4, "alice", "d"),
                        event(8, 4, "alice", 7, new Body.Named(4, "n"))))
                .containsExactly(GROUP + ": nothing came of the name \"n\" by alice/phone (acknowledged)");
    }

    @Test
    void findsWhatNobodyHasAskedFor() {
        var named = event(7, 3, "alice", 7, new Body.Named(4, "n"));

        assertThat(found(MADE, A, ADDED, B, GONE, C, named)).containsExactly(GROUP + ": nobody has asked for " + named);
    }

    @Test
    void findsWhatSomebodyElseHasAskedFor() {
        tale.asks("bob/phone", "n", new Operation.Name(GROUP, "n")).unknown("n");

        assertThat(found(MADE, A, ADDED, B, GONE, C, event(7, 3, "alice", 7, new Body.Named(4, "n"))))
                .hasSize(1);
    }

    @Test
    void findsAnEventOfAnotherRequest() {
        tale.asks("alice/phone", "n", new Operation.Name(GROUP, "n")).done("n");
        var named = event(7, 3, "alice", 8, new Body.Named(4, "n"));

        assertThat(found(MADE, A, ADDED, B, GONE, C, named)).containsExactly(GROUP + ": nobody has asked for " + named);
    }

    @Test
    void findsAnEventThatIsNotWhatItsRequestAsksFor() {
        tale.asks("alice/phone", "n", new Operation.Name(GROUP, "n")).unknown("n");
        var named = event(7, 3, "alice", 7, new Body.Named(4, "m"));

        assertThat(found(MADE, A, ADDED, B, GONE, C, named)).containsExactly(GROUP + ": nobody has asked for " + named);
    }
}
