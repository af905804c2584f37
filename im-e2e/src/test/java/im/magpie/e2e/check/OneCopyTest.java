package im.magpie.e2e.check;

import static im.magpie.e2e.check.Tale.text;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.e2e.history.Body;
import im.magpie.e2e.history.Entry;
import org.junit.jupiter.api.Test;

class OneCopyTest {

    private static final Entry A = text(1, "alice", "a");
    private static final Entry B = text(2, "bob", "b");

    private final Tale tale = new Tale("alice/phone", "bob/phone")
            .says("alice/phone", "a")
            .acknowledged("a", 1)
            .says("bob/phone", "b")
            .acknowledged("b", 2);

    @Test
    void acceptsTheSameIdFromTwoSenders() {
        var b = new Entry(2, 2, 1_002, "bob", "id of a", B.body());
        var told = new Tale("alice/phone", "bob/phone")
                .says("alice/phone", "a")
                .acknowledged("a", 1)
                .says("bob/phone", "b")
                .unknown("b");

        assertThat(told.endsWellWith(A, b).found()).isEmpty();
    }

    @Test
    void findsWhatIsStoredTwiceUnderOneId() {
        var again = new Entry(3, 3, 1_003, "alice", "id of a", A.body());

        assertThat(tale.endsWellWith(A, B, again).found(new OneCopy()))
                .hasSize(5)
                .allMatch(what -> what.startsWith(A + " is in") && what.endsWith("more than once: " + again));
    }

    @Test
    void findsWhatIsStoredTwiceUnderTwoIds() {
        var again = new Entry(3, 3, 1_003, "alice", "a new id", A.body());

        assertThat(tale.endsWellWith(A, B, again).found(new OneCopy())).hasSize(5);
    }

    @Test
    void findsAnIdThatHasBeenUsedForSomethingElse() {
        var other = new Entry(3, 3, 1_003, "alice", "id of a", new Body.Text("c"));

        assertThat(tale.endsWellWith(A, B, other).found(new OneCopy())).hasSize(5);
    }

    @Test
    void findsWhatOneDeviceWasShownTwice() {
        tale.endsWellWith(A, B).shown("bob/phone", A);

        assertThat(tale.found(new OneCopy())).singleElement().asString().contains("what bob/phone was shown");
    }

    @Test
    void findsWhatOneDeviceKeepsTwice() {
        tale.quiet().shownToAll(A, B).stored(A, B).kept("alice/phone", A, B).kept("bob/phone", A, B, B);

        assertThat(tale.found(new OneCopy())).singleElement().asString().contains("what bob/phone keeps");
    }
}
