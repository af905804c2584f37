package im.magpie.e2e.check;

import static im.magpie.e2e.check.Tale.text;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.e2e.history.Body;
import im.magpie.e2e.history.Entry;
import org.junit.jupiter.api.Test;

class RecalledTest {

    private static final Entry A = text(1, "alice", "a");
    private static final Entry GONE = A.with(new Body.Gone());
    private static final Entry RECALL = new Entry(2, 1, 1_002, "alice", "id of recall of 1", new Body.Recall(1));

    private final Tale tale = new Tale("alice/phone", "bob/phone")
            .says("alice/phone", "a")
            .acknowledged("a", 1)
            .shown("alice/phone", A)
            .recalls("alice/phone", 1);

    @Test
    void acceptsWhatIsGoneFromEverywhere() {
        tale.shown("bob/phone", A)
                .acknowledged("recall of 1", 2)
                .quiet()
                .shownToAll(RECALL)
                .ends(GONE, RECALL);

        assertThat(tale.found()).isEmpty();
    }

    @Test
    void acceptsADeviceThatNeverSawIt() {
        tale.acknowledged("recall of 1", 2)
                .shown("bob/phone", GONE)
                .quiet()
                .shownToAll(RECALL)
                .ends(GONE, RECALL);

        assertThat(tale.found()).isEmpty();
    }

    /** It was on its way to a device that was there when it was taken back. */
    @Test
    void acceptsADeviceThatSawItWhileItWasTakenBack() {
        tale.acknowledged("recall of 1", 2)
                .shown("bob/phone", A)
                .quiet()
                .shownToAll(RECALL)
                .ends(GONE, RECALL);

        assertThat(tale.found()).isEmpty();
    }

    @Test
    void acceptsThatNothingCameOfARecall() {
        assertThat(tale.unknown("recall of 1")
                        .shown("bob/phone", A)
                        .quiet()
                        .ends(A)
                        .found())
                .isEmpty();
    }

    @Test
    void acceptsThatSomethingCameOfAnOpenRecall() {
        tale.unknown("recall of 1")
                .shown("bob/phone", A)
                .quiet()
                .shownToAll(RECALL)
                .ends(GONE, RECALL);

        assertThat(tale.found()).isEmpty();
    }

    @Test
    void findsWhatIsStillInHistory() {
        tale.acknowledged("recall of 1", 2)
                .shown("bob/phone", A)
                .quiet()
                .shownToAll(RECALL)
                .stored(A, RECALL)
                .kept("alice/phone", GONE, RECALL)
                .kept("bob/phone", GONE, RECALL);

        assertThat(tale.found(new Recalled()))
                .singleElement()
                .asString()
                .endsWith("was taken back, and is in the history that alice/phone was answered");
    }

    @Test
    void findsWhatADeviceStillKeeps() {
        tale.acknowledged("recall of 1", 2)
                .shown("bob/phone", A)
                .quiet()
                .shownToAll(RECALL)
                .stored(GONE, RECALL)
                .kept("alice/phone", GONE, RECALL)
                .kept("bob/phone", A, RECALL);

        assertThat(tale.found(new Recalled()))
                .singleElement()
                .asString()
                .endsWith("was taken back, and is in what bob/phone keeps");
    }

    @Test
    void findsWhatADeviceWasShownThatBeganLater() {
        tale.acknowledged("recall of 1", 2)
                .starts("bob/laptop")
                .shown("bob/phone", A)
                .shown("bob/laptop", A, RECALL)
                .quiet()
                .shownToAll(RECALL)
                .ends(GONE, RECALL)
                .kept("bob/laptop", GONE, RECALL);

        assertThat(tale.found(new Recalled()))
                .singleElement()
                .asString()
                .endsWith("bob/laptop was shown what had been taken back before");
    }

    @Test
    void findsWhatWasShownBehindItsRecall() {
        tale.unknown("recall of 1")
                .shown("alice/phone", RECALL)
                .shown("bob/phone", RECALL, A)
                .quiet()
                .ends(GONE, RECALL);

        assertThat(tale.found(new Recalled()))
                .singleElement()
                .asString()
                .endsWith("bob/phone was shown what had been taken back before");
    }

    @Test
    void findsARecallOfWhichNothingCame() {
        tale.acknowledged("recall of 1", 2).shown("bob/phone", A).quiet().ends(A);

        assertThat(tale.found(new Recalled())).singleElement().asString().contains("nothing came of the recall of 1");
    }

    @Test
    void findsWhatIsGoneWithoutAnEntryThatSaysSo() {
        tale.unknown("recall of 1").shown("bob/phone", A).quiet().ends(GONE);

        assertThat(tale.found(new Recalled())).hasSize(3).allMatch(what -> what.contains("no entry takes back"));
    }
}
