package im.magpie.e2e.check;

import static im.magpie.e2e.check.Tale.change;
import static im.magpie.e2e.check.Tale.text;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.e2e.history.Body;
import im.magpie.e2e.history.Entry;
import im.magpie.e2e.history.State;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OneOrderTest {

    private static final Entry A = text(1, "alice", "a");
    private static final Entry B = text(2, "bob", "b");
    private static final Entry C = text(3, "alice", "c");

    private final Tale tale = new Tale("alice/phone", "bob/phone")
            .says("alice/phone", "a")
            .says("bob/phone", "b")
            .says("alice/phone", "c")
            .unknown("a")
            .unknown("b")
            .unknown("c");

    @Test
    void acceptsOneOrder() {
        assertThat(tale.endsWellWith(A, B, C).found()).isEmpty();
    }

    @Test
    void acceptsTwoMessagesOfOneMillisecond() {
        var b = new Entry(2, 2, A.serverTime(), "bob", "id of b", B.body());

        assertThat(tale.endsWellWith(A, b, C).found()).isEmpty();
    }

    @Test
    void acceptsWhatIsShownOneByOne() {
        tale.shown("bob/phone", A)
                .shown("alice/phone", A, B)
                .shown("bob/phone", B, C)
                .shown("alice/phone", C);

        assertThat(tale.quiet().ends(A, B, C).found()).isEmpty();
    }

    /** Only messages are shown; in between there may be entries that only change them. */
    @Test
    void acceptsThatChangesAreNotShown() {
        var told = new Tale("alice/phone", "bob/phone")
                .says("alice/phone", "a")
                .acknowledged("a", 1)
                .shownToAll(A)
                .reacts("bob/phone", "x", 1, "+", false)
                .acknowledged("x", 2)
                .says("alice/phone", "c")
                .acknowledged("c", 3);
        var liked = A.with(A.body(), new State(2, 0, Map.of("+", 1)));
        var reaction = change(2, "bob", "x", new Body.Reaction(1, "+", false));
        var c = new Entry(3, 2, 1_003, "alice", "id of c", C.body());

        assertThat(told.quiet()
                        .changedForAll(liked)
                        .shownToAll(c)
                        .ends(liked, reaction, c)
                        .found())
                .isEmpty();
    }

    @Test
    void findsAHole() {
        assertThat(tale.endsWellWith(A, text(3, "bob", "b")).found(new OneOrder()))
                .first()
                .asString()
                .contains("Entry[sequence=3", "not dense");
    }

    @Test
    void acceptsAHoleThatWentWithRedis() {
        var c = new Entry(3, 3, 1_003, "alice", "id of c", C.body());
        var told = new Tale("alice/phone", "bob/phone")
                .says("alice/phone", "a")
                .acknowledged("a", 1)
                .says("alice/phone", "c")
                .forgets()
                .acknowledged("c", 3);

        assertThat(told.endsWellWith(A, c).found()).isEmpty();
    }

    /** What was said or known when nothing was being forgotten had no reason to stand above a hole. */
    @Test
    void findsAHoleThatDidNotGoWithRedis() {
        var later = new Tale("alice/phone", "bob/phone")
                .says("alice/phone", "a")
                .forgets()
                .says("alice/phone", "c");
        var earlier = new Tale("alice/phone", "bob/phone")
                .says("alice/phone", "a")
                .says("alice/phone", "c")
                .acknowledged("c", 3)
                .forgets();
        for (var told : new Tale[] {later, earlier}) {
            assertThat(told.endsWellWith(A, C).found(new OneOrder()))
                    .singleElement()
                    .asString()
                    .contains("not dense");
        }
    }

    @Test
    void findsATimelineThatDoesNotBeginAtItsBeginning() {
        assertThat(tale.endsWellWith(B, C).found(new OneOrder()))
                .first()
                .asString()
                .contains("not dense");
    }

    @Test
    void findsWrongOrdinals() {
        var recall = new Entry(3, 3, 1_003, "alice", "id of a recall", new Body.Recall(1));
        for (var wrong : new Entry[] {new Entry(3, 2, 1_003, "alice", "id of c", C.body()), recall}) {
            var told = new Tale("alice/phone", "bob/phone");

            assertThat(told.endsWellWith(A, B, wrong).found(new OneOrder()))
                    .first()
                    .asString()
                    .contains(wrong + " is message");
        }
    }

    @Test
    void findsATimeThatFalls() {
        var early = new Entry(2, 2, A.serverTime() - 1, "bob", "id of b", B.body());

        assertThat(tale.endsWellWith(A, early, C).found(new OneOrder()))
                .singleElement()
                .asString()
                .contains("the time falls");
    }

    @Test
    void findsADeviceThatKeepsThemInAnotherOrder() {
        tale.quiet()
                .shownToAll(A, B, C)
                .stored(A, B, C)
                .kept("alice/phone", A, B, C)
                .kept("bob/phone", A, C, B);

        assertThat(tale.found(new OneOrder()))
                .singleElement()
                .asString()
                .startsWith(Tale.CHAT + ": entry 2 of what bob/phone keeps");
    }

    @Test
    void findsAnswersThatDiffer() {
        tale.quiet()
                .shownToAll(A, B, C)
                .stored(A, B)
                .stored(A, B, C)
                .kept("alice/phone", A, B, C)
                .kept("bob/phone", A, B, C);

        assertThat(tale.found(new OneOrder()))
                .singleElement()
                .asString()
                .contains("entry 3 of the history that alice/phone was answered is nothing");
    }

    @Test
    void findsADeviceThatWasShownThemInAnotherOrder() {
        for (var shown : new Entry[][] {{A, C, B}, {B, A, C}, {A, B, B, C}, {A, B, C, A}}) {
            var told = new Tale("alice/phone", "bob/phone")
                    .shown("alice/phone", A, B, C)
                    .shown("bob/phone", shown)
                    .quiet()
                    .ends(A, B, C);

            assertThat(told.found(new OneOrder())).singleElement().asString().contains("bob/phone was shown");
        }
    }

    @Test
    void findsADeviceThatWasShownSomethingElse() {
        for (var other : new Entry[] {
            B.with(new Body.Text("x")),
            new Entry(2, 3, 1_002, "bob", "id of b", B.body()),
            new Entry(2, 2, 1_003, "bob", "id of b", B.body()),
            new Entry(2, 2, 1_002, "bob", "another id", B.body()),
            B.with(new Body.Gone()),
            text(4, "bob", "b")
        }) {
            var told = new Tale("alice/phone", "bob/phone")
                    .shown("alice/phone", A, B, C)
                    .shown("bob/phone", A, other)
                    .quiet()
                    .ends(A, B, C);

            assertThat(told.found(new OneOrder()))
                    .as("%s", other)
                    .first()
                    .asString()
                    .contains("the same entry of its history");
        }
    }
}
