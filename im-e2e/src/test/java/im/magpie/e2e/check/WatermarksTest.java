package im.magpie.e2e.check;

import static im.magpie.e2e.check.Tale.text;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.e2e.history.Entry;
import org.junit.jupiter.api.Test;

class WatermarksTest {

    private static final Entry A = text(1, "alice", "a");
    private static final Entry B = text(2, "alice", "b");

    private final Tale tale = new Tale("alice/phone", "alice/laptop", "bob/phone")
            .says("alice/phone", "a")
            .acknowledged("a", 1)
            .says("alice/phone", "b")
            .acknowledged("b", 2)
            .shownToAll(A, B);

    private Tale ended() {
        return tale.quiet().ends(A, B);
    }

    @Test
    void acceptsMarksThatGrow() {
        tale.marked("alice/phone", "bob", 1, 0)
                .marked("alice/phone", "bob", 2, 0)
                .reads("bob/phone", 2)
                .marked("alice/phone", "bob", 2, 2)
                .marked("alice/laptop", "bob", 2, 2)
                .marked("alice/phone", "bob", 2, 2);

        assertThat(ended().found()).isEmpty();
    }

    /** One device may be told of later than another, and one person may be further than another. */
    @Test
    void acceptsMarksOfOthersThatAreLower() {
        tale.reads("bob/phone", 1).reads("bob/phone", 2);
        tale.marked("alice/phone", "bob", 2, 2)
                .marked("alice/laptop", "bob", 2, 1)
                .marked("alice/laptop", "bob", 2, 2)
                .marked("alice/phone", "alice", 1, 0);

        assertThat(ended().found()).isEmpty();
    }

    @Test
    void acceptsThatMoreThanThereIsCountsAsWhatThereIs() {
        tale.reads("bob/phone", 99).marked("alice/phone", "bob", 2, 2).marked("alice/laptop", "bob", 2, 2);

        assertThat(ended().found()).isEmpty();
    }

    @Test
    void findsADeliveredMarkThatGoesBack() {
        tale.marked("alice/phone", "bob", 2, 0).marked("alice/phone", "bob", 1, 0);

        assertThat(ended().found(new Watermarks())).singleElement().asString().endsWith("what bob got went back");
    }

    @Test
    void findsAReadMarkThatGoesBack() {
        tale.reads("bob/phone", 2).marked("alice/phone", "bob", 2, 2).marked("alice/phone", "bob", 2, 1);

        assertThat(ended().found(new Watermarks())).singleElement().asString().endsWith("what bob read went back");
    }

    @Test
    void findsAMarkThatGoesBackWhileTheDeviceWasOff() {
        tale.marked("alice/phone", "bob", 2, 0)
                .stops("alice/phone")
                .starts("alice/phone")
                .marked("alice/phone", "bob", 0, 0);

        assertThat(ended().found(new Watermarks())).hasSize(1);
    }

    @Test
    void findsAMarkBeyondTheEnd() {
        tale.marked("alice/phone", "bob", 3, 0);

        assertThat(ended().found(new Watermarks()))
                .singleElement()
                .asString()
                .endsWith("bob is at 3, which did not exist then");
    }

    @Test
    void findsAMarkOfWhatIsOnlyAskedForLater() {
        tale.marked("alice/phone", "bob", 3, 0).says("bob/phone", "c").acknowledged("c", 3);

        assertThat(tale.quiet().ends(A, B, text(3, "bob", "c")).found(new Watermarks()))
                .singleElement()
                .asString()
                .contains("bob is at 3");
    }

    @Test
    void acceptsAMarkOfWhatIsUnderWay() {
        tale.says("bob/phone", "c").marked("alice/phone", "bob", 3, 0).acknowledged("c", 3);

        assertThat(tale.quiet().ends(A, B, text(3, "bob", "c")).found(new Watermarks()))
                .isEmpty();
    }

    @Test
    void findsWhatWasReadByNobody() {
        tale.reads("bob/phone", 1)
                .marked("alice/phone", "bob", 2, 2)
                .reads("alice/phone", 2)
                .reads("bob/phone", 2);

        assertThat(ended().found(new Watermarks()))
                .singleElement()
                .asString()
                .endsWith("bob never said to have read everything up to 2");
    }

    @Test
    void findsWhatWasReadAndNotDelivered() {
        tale.reads("bob/phone", 2).marked("alice/phone", "bob", 1, 2);

        assertThat(ended().found(new Watermarks())).singleElement().asString().endsWith("bob read what never came");
    }
}
