package im.magpie.e2e.check;

import static im.magpie.e2e.check.Tale.change;
import static im.magpie.e2e.check.Tale.text;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.e2e.history.Body;
import im.magpie.e2e.history.Entry;
import im.magpie.e2e.history.State;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ChangesTest {

    private static final Entry A = text(1, "alice", "a");

    private final Tale tale = new Tale("alice/phone", "bob/phone")
            .says("alice/phone", "a")
            .acknowledged("a", 1)
            .shown("alice/phone", A);

    private static Entry changed(String content, State state) {
        return A.with(new Body.Text(content), state);
    }

    private static State state(long changed, long edit) {
        return new State(changed, edit, Map.of());
    }

    @Nested
    class OfRecalls {

        private final Entry gone = A.with(new Body.Gone(), state(2, 0));
        private final Entry recall = change(2, "alice", "recall of 1", new Body.Recall(1));

        OfRecalls() {
            tale.recalls("alice/phone", 1);
        }

        @Test
        void acceptWhatIsGoneFromEverywhere() {
            tale.shown("bob/phone", A).acknowledged("recall of 1", 2).quiet().changedForAll(gone);

            assertThat(tale.ends(gone, recall).found()).isEmpty();
        }

        @Test
        void acceptADeviceThatNeverSawIt() {
            tale.acknowledged("recall of 1", 2).shown("bob/phone", gone).quiet().changed("alice/phone", gone);

            assertThat(tale.ends(gone, recall).found()).isEmpty();
        }

        /** It was on its way to a device that was there when it was taken back. */
        @Test
        void acceptADeviceThatSawItWhileItWasTakenBack() {
            tale.acknowledged("recall of 1", 2).shown("bob/phone", A).quiet().changedForAll(gone);

            assertThat(tale.ends(gone, recall).found()).isEmpty();
        }

        @Test
        void acceptThatNothingCameOfOne() {
            assertThat(tale.unknown("recall of 1")
                            .shown("bob/phone", A)
                            .quiet()
                            .ends(A)
                            .found())
                    .isEmpty();
        }

        @Test
        void acceptThatSomethingCameOfAnOpenOne() {
            tale.unknown("recall of 1").shown("bob/phone", A).quiet().changedForAll(gone);

            assertThat(tale.ends(gone, recall).found()).isEmpty();
        }

        @Test
        void findWhatIsStillInHistory() {
            tale.acknowledged("recall of 1", 2)
                    .shown("bob/phone", A)
                    .quiet()
                    .changedForAll(gone)
                    .stored(A, recall)
                    .kept("alice/phone", gone, recall)
                    .kept("bob/phone", gone, recall);

            assertThat(tale.found(new Changes()))
                    .singleElement()
                    .asString()
                    .contains(A + " in the history that alice/phone was answered should be " + gone);
        }

        @Test
        void findWhatADeviceStillKeeps() {
            tale.acknowledged("recall of 1", 2)
                    .shown("bob/phone", A)
                    .quiet()
                    .changedForAll(gone)
                    .stored(gone, recall)
                    .kept("alice/phone", gone, recall)
                    .kept("bob/phone", A, recall);

            assertThat(tale.found(new Changes()))
                    .singleElement()
                    .asString()
                    .contains(A + " in what bob/phone keeps should be " + gone);
        }

        @Test
        void findADeviceThatWasNeverTold() {
            tale.acknowledged("recall of 1", 2).shown("bob/phone", A).quiet().changed("alice/phone", gone);

            assertThat(tale.ends(gone, recall).found()).singleElement().satisfies(violation -> {
                assertThat(violation.rule()).isEqualTo("Agreement");
                assertThat(violation.what()).endsWith(gone + " was never shown by bob/phone");
            });
        }

        @Test
        void findWhatADeviceWasShownThatBeganLater() {
            tale.acknowledged("recall of 1", 2)
                    .starts("bob/laptop")
                    .shown("bob/phone", A)
                    .shown("bob/laptop", A)
                    .changed("bob/laptop", gone)
                    .quiet()
                    .changedForAll(gone)
                    .ends(gone, recall)
                    .kept("bob/laptop", gone, recall);

            assertThat(tale.found())
                    .singleElement()
                    .satisfies(violation ->
                            assertThat(violation.what()).endsWith("bob/laptop began later than this was taken back"));
        }

        @Test
        void findADeviceThatWasToldAgainWhatItHadHeardWasTakenBack() {
            tale.unknown("recall of 1")
                    .shown("bob/phone", A)
                    .changedForAll(gone)
                    .changed("bob/phone", A)
                    .quiet()
                    .ends(gone, recall);

            assertThat(tale.found(new Changes()))
                    .singleElement()
                    .asString()
                    .endsWith("bob/phone was told of an older state");
        }

        @Test
        void findWhatIsGoneWithoutAnEntryThatSaysSo() {
            tale.unknown("recall of 1")
                    .shown("bob/phone", A)
                    .quiet()
                    .changedForAll(gone)
                    .ends(gone);

            assertThat(tale.found(new Changes())).hasSize(5).allMatch(what -> what.contains("should be " + A));
        }
    }

    @Nested
    class OfEdits {

        private final Entry edited = changed("b", state(2, 2));
        private final Entry edit = change(2, "alice", "b", new Body.Edit(1));

        OfEdits() {
            tale.edits("alice/phone", 1, "b").acknowledged("b", 2).shown("bob/phone", A);
        }

        @Test
        void acceptTheNewWordsEverywhere() {
            assertThat(tale.quiet().changedForAll(edited).ends(edited, edit).found())
                    .isEmpty();
        }

        @Test
        void acceptThatTheLastOfTwoCounts() {
            tale.changedForAll(edited).edits("alice/phone", 1, "c").acknowledged("c", 3);
            var again = changed("c", state(3, 3));
            var later = change(3, "alice", "c", new Body.Edit(1));

            assertThat(tale.quiet()
                            .changedForAll(again)
                            .ends(again, edit, later)
                            .found())
                    .isEmpty();
        }

        @Test
        void findThatTheFirstOfTwoCounts() {
            tale.changedForAll(edited).edits("alice/phone", 1, "c").acknowledged("c", 3);
            var wrong = changed("b", state(3, 2));
            var later = change(3, "alice", "c", new Body.Edit(1));

            assertThat(tale.quiet()
                            .changedForAll(wrong)
                            .ends(wrong, edit, later)
                            .found(new Changes()))
                    .hasSize(5);
        }

        @Test
        void findTheOldWordsUnderTheNewState() {
            var wrong = changed("a", state(2, 2));

            assertThat(tale.quiet()
                            .changed("bob/phone", wrong)
                            .changed("alice/phone", edited)
                            .ends(edited, edit)
                            .found(new Changes()))
                    .singleElement()
                    .asString()
                    .contains("bob/phone was told what should be " + edited);
        }

        @Test
        void findAChangeThatIsNotInTheTimeline() {
            var wrong = changed("b", state(7, 2));

            assertThat(tale.quiet()
                            .changed("bob/phone", wrong)
                            .changed("alice/phone", edited)
                            .ends(edited, edit)
                            .found(new Changes()))
                    .hasSize(1);
        }

        @Test
        void findADeviceThatKeepsTheOldWords() {
            tale.quiet()
                    .changedForAll(edited)
                    .stored(edited, edit)
                    .kept("alice/phone", edited, edit)
                    .kept("bob/phone", A, edit);

            assertThat(tale.found(new Changes())).singleElement().asString().contains("what bob/phone keeps");
        }
    }

    @Nested
    class OfReactions {

        private final Entry first = change(2, "bob", "x", new Body.Reaction(1, "+", false));
        private final Entry second = change(3, "alice", "y", new Body.Reaction(1, "+", false));
        private final Entry removal = change(4, "bob", "z", new Body.Reaction(1, "+", true));

        private static Tale tale() {
            return new Tale("alice/phone", "bob/phone")
                    .says("alice/phone", "a")
                    .acknowledged("a", 1)
                    .shownToAll(A)
                    .reacts("bob/phone", "x", 1, "+", false)
                    .acknowledged("x", 2)
                    .reacts("alice/phone", "y", 1, "+", false)
                    .acknowledged("y", 3)
                    .reacts("bob/phone", "z", 1, "+", true)
                    .acknowledged("z", 4);
        }

        private static Entry liked(int count, long changed) {
            return changed("a", new State(changed, 0, count == 0 ? Map.of() : Map.of("+", count)));
        }

        @Test
        void acceptTheNumberOfThoseWhoReact() {
            var told = tale().changed("bob/phone", liked(1, 2), liked(2, 3));

            assertThat(told.quiet()
                            .changedForAll(liked(1, 4))
                            .ends(liked(1, 4), first, second, removal)
                            .found())
                    .isEmpty();
        }

        @Test
        void findAnyOtherNumber() {
            for (var wrong : List.of(liked(0, 4), liked(2, 4))) {
                var told = tale().quiet().changedForAll(wrong).ends(wrong, first, second, removal);

                assertThat(told.found(new Changes())).as("%s", wrong).hasSize(5);
            }
        }
    }
}
