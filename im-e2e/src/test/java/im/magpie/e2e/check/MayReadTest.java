package im.magpie.e2e.check;

import static im.magpie.e2e.check.GroupTale.A;
import static im.magpie.e2e.check.GroupTale.ADDED;
import static im.magpie.e2e.check.GroupTale.B;
import static im.magpie.e2e.check.GroupTale.C;
import static im.magpie.e2e.check.GroupTale.GONE;
import static im.magpie.e2e.check.GroupTale.MADE;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.e2e.history.Body;
import im.magpie.e2e.history.Entry;
import im.magpie.e2e.history.State;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MayReadTest {

    private final Tale tale = GroupTale.asked();

    @Test
    void acceptsThatEverybodyHasWhatIsHis() {
        assertThat(GroupTale.ends(tale, ADDED).found()).isEmpty();
    }

    @Test
    void acceptsThatNewcomersReadAllOfAnOpenHistory() {
        assertThat(GroupTale.ends(tale, GroupTale.added(true)).found()).isEmpty();
    }

    @Test
    void findsANewcomerWhoReadsWhatWasSaidBefore() {
        tale.quiet()
                .endsFor("alice/phone", MADE, A, ADDED, B, GONE, C)
                .endsFor("bob/phone", MADE, A, ADDED, B, GONE)
                .endsFor("carol/phone", A, ADDED, B, GONE, C);

        assertThat(tale.found(new MayRead()))
                .hasSize(3)
                .allMatch(what -> what.contains(A + ", which carol may not read, is in"));
    }

    @Test
    void findsANewcomerWhoDoesNotReadTheBeginningOfAnOpenHistory() {
        var added = GroupTale.added(true);
        tale.quiet()
                .endsFor("alice/phone", MADE, A, added, B, GONE, C)
                .endsFor("bob/phone", MADE, A, added, B, GONE)
                .endsFor("carol/phone", added, B, GONE, C);

        assertThat(tale.found(new MayRead()))
                .hasSize(3)
                .allMatch(what -> what.contains(MADE + ", which carol is to read, is not in"));
    }

    @Test
    void findsWhatIsShownBehindSomebodysBack() {
        GroupTale.ends(tale, ADDED).shown("bob/phone", C);

        assertThat(tale.found(new MayRead()))
                .singleElement()
                .asString()
                .contains(C + ", which bob may not read, is in what bob/phone was shown");
    }

    @Test
    void findsAMemberWhoDoesNotHearThatHeWasSentAway() {
        tale.quiet()
                .endsFor("alice/phone", MADE, A, ADDED, B, GONE, C)
                .endsFor("bob/phone", MADE, A, ADDED, B)
                .endsFor("carol/phone", ADDED, B, GONE, C);

        assertThat(tale.found(new MayRead()))
                .hasSize(3)
                .allMatch(what -> what.contains(GONE + ", which bob is to read, is not in"));
    }

    @Test
    void findsADeviceThatIsToldOfAChangeOfWhatIsNotHis() {
        tale.quiet().changed("carol/phone", A.with(A.body(), new State(7, 0, Map.of("+", 1))));
        GroupTale.ends(tale, ADDED);

        assertThat(tale.found(new MayRead())).singleElement().asString().contains("carol/phone was told of a change");
    }

    /** What he has read may change when he is gone: he keeps it as it was, or reads it as it is. */
    @Test
    void leavesOpenWhetherSomebodyWhoIsGoneHearsOfLaterChanges() {
        var recalled = A.with(new Body.Gone(), new State(7, 0, Map.of()));
        var recall = Tale.change(7, 3, "alice", "recall of 2", new Body.Recall(2));
        for (var his : new Entry[] {A, recalled}) {
            var told = GroupTale.asked()
                    .recalls("alice/phone", 2)
                    .acknowledged("recall of 2", 7)
                    .shown("alice/phone", MADE, A, ADDED, B, GONE, C)
                    .shown("bob/phone", MADE, A, ADDED, B, GONE)
                    .shown("carol/phone", ADDED, B, GONE, C)
                    .quiet()
                    .changed("alice/phone", recalled)
                    .kept("alice/phone", MADE, recalled, ADDED, B, GONE, C, recall)
                    .storedFor("alice/phone", MADE, recalled, ADDED, B, GONE, C, recall)
                    .kept("bob/phone", MADE, his, ADDED, B, GONE)
                    .storedFor("bob/phone", MADE, recalled, ADDED, B, GONE)
                    .kept("carol/phone", ADDED, B, GONE, C, recall)
                    .storedFor("carol/phone", ADDED, B, GONE, C, recall);

            assertThat(told.found()).as("%s", his).isEmpty();
        }
    }
}
