package im.magpie.e2e.check;

import static im.magpie.e2e.check.Tale.text;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.e2e.history.Body;
import im.magpie.e2e.history.Entry;
import org.junit.jupiter.api.Test;

class NothingLostTest {

    private static final Entry A = text(1, "alice", "a");

    private final Tale tale = new Tale("alice/phone", "bob/phone").says("alice/phone", "a");

    @Test
    void acceptsWhatIsEverywhere() {
        assertThat(tale.acknowledged("a", 1).endsWellWith(A).found()).isEmpty();
    }

    @Test
    void acceptsThatWhatWasNotAcknowledgedIsNowhereOrEverywhere() {
        assertThat(tale.unknown("a").endsWellWith().found()).isEmpty();
        assertThat(new Tale("alice/phone", "bob/phone")
                        .says("alice/phone", "a")
                        .unknown("a")
                        .endsWellWith(A)
                        .found())
                .isEmpty();
        assertThat(new Tale("alice/phone", "bob/phone")
                        .says("alice/phone", "a")
                        .refused("a")
                        .endsWellWith()
                        .found())
                .isEmpty();
    }

    @Test
    void findsWhatIsNowhere() {
        assertThat(tale.acknowledged("a", 1).endsWellWith().found(new NothingLost()))
                .singleElement()
                .asString()
                .startsWith("\"a\" by alice/phone (acknowledged as 1) is missing from")
                .contains(
                        "the history that alice/phone was answered",
                        "what alice/phone keeps",
                        "what bob/phone keeps",
                        "what alice/phone was shown",
                        "what bob/phone was shown");
    }

    @Test
    void findsWhatOnlyTheHistoryHasNot() {
        tale.acknowledged("a", 1)
                .quiet()
                .shownToAll(A)
                .stored()
                .kept("alice/phone", A)
                .kept("bob/phone", A);

        assertThat(tale.found(new NothingLost()))
                .singleElement()
                .asString()
                .endsWith("is missing from the history that alice/phone was answered");
    }

    @Test
    void findsWhatOneDeviceDoesNotKeep() {
        tale.acknowledged("a", 1)
                .quiet()
                .shownToAll(A)
                .stored(A)
                .kept("alice/phone", A)
                .kept("bob/phone");

        assertThat(tale.found(new NothingLost()))
                .singleElement()
                .asString()
                .endsWith("is missing from what bob/phone keeps");
    }

    @Test
    void findsWhatADeviceKeepsButNeverShowed() {
        assertThat(tale.acknowledged("a", 1)
                        .quiet()
                        .shown("alice/phone", A)
                        .ends(A)
                        .found(new NothingLost()))
                .singleElement()
                .asString()
                .endsWith("is missing from what bob/phone was shown");
    }

    @Test
    void findsWhatIsElsewhereThanItsSenderWasTold() {
        assertThat(tale.acknowledged("a", 2).endsWellWith(A).found(new NothingLost()))
                .singleElement()
                .asString()
                .contains("acknowledged as 2) is missing");
    }

    @Test
    void findsWhatIsOtherThanItsSenderWasTold() {
        for (var other : new Entry[] {
            A.with(new Body.Text("b")),
            text(1, "alice", "c"),
            new Entry(1, 1, A.serverTime() + 1, "alice", "id of a", A.body()),
            new Entry(1, 1, A.serverTime(), "bob", "id of a", A.body()),
            new Entry(1, 1, A.serverTime(), "alice", "another id", A.body())
        }) {
            var told = new Tale("alice/phone", "bob/phone")
                    .says("alice/phone", "a")
                    .acknowledged("a", 1);

            assertThat(told.endsWellWith(other).found(new NothingLost()))
                    .as("%s", other)
                    .singleElement()
                    .asString()
                    .contains("is " + other + " in");
        }
    }

    /** A device that signs in late has to get it too. */
    @Test
    void findsWhatIsMissingFromADeviceThatCameLater() {
        tale.acknowledged("a", 1).starts("bob/laptop").endsWellWith(A);

        assertThat(tale.found(new NothingLost()))
                .singleElement()
                .asString()
                .endsWith("is missing from what bob/laptop was shown");
    }

    @Test
    void findsARecallThatWasAcknowledgedAndIsNowhere() {
        tale.acknowledged("a", 1).recalls("alice/phone", 1).acknowledged("recall of 1", 2);

        assertThat(tale.endsWellWith(A).found(new NothingLost()))
                .singleElement()
                .asString()
                .startsWith("the recall of 1 by alice/phone");
    }
}
