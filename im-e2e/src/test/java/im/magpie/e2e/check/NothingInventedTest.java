package im.magpie.e2e.check;

import static im.magpie.e2e.check.Tale.change;
import static im.magpie.e2e.check.Tale.text;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.e2e.history.Body;
import im.magpie.e2e.history.Entry;
import im.magpie.e2e.history.Operation;
import im.magpie.e2e.history.State;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NothingInventedTest {

    private static final Entry A = text(1, "alice", "a");

    private final Tale tale = new Tale("alice/phone", "bob/phone").says("alice/phone", "a");

    @Test
    void acceptsWhatWasSentAndNeverAnswered() {
        assertThat(tale.unknown("a").endsWellWith(A).found()).isEmpty();
    }

    @Test
    void findsWhatNobodySaid() {
        assertThat(tale.acknowledged("a", 1)
                        .endsWellWith(A, text(2, "bob", "b"))
                        .found(new NothingInvented()))
                .singleElement()
                .asString()
                .startsWith("nobody sent Entry[sequence=2");
    }

    @Test
    void findsOtherWordsAndOtherSenders() {
        for (var other : List.of(A.with(new Body.Text("a ")), text(1, "bob", "a"), text(1, "mallory", "a"))) {
            var told = new Tale("alice/phone", "bob/phone")
                    .says("alice/phone", "a")
                    .unknown("a");

            assertThat(told.endsWellWith(other).found(new NothingInvented()))
                    .as("%s", other)
                    .singleElement()
                    .asString()
                    .startsWith("nobody sent " + other);
        }
    }

    @Test
    void findsWhatWasSaidElsewhere() {
        tale.asks("alice/phone", "b", new Operation.Send("private_alice_carol", "b"))
                .acknowledged("a", 1)
                .unknown("b");

        assertThat(tale.endsWellWith(A, text(2, "alice", "b")).found(new NothingInvented()))
                .hasSize(1);
    }

    @Test
    void findsWhatOneDeviceAloneWasShown() {
        tale.acknowledged("a", 1).shown("bob/phone", text(2, "alice", "b")).endsWellWith(A);

        assertThat(tale.found(new NothingInvented())).singleElement().asString().contains("what bob/phone was shown");
    }

    @Test
    void findsWhatWasRefused() {
        assertThat(tale.refused("a").endsWellWith(A).found(new NothingInvented()))
                .singleElement()
                .asString()
                .startsWith("\"a\" by alice/phone (refused: FORBIDDEN) is in");
    }

    @Test
    void findsWhatWasShownBeforeItWasSaid() {
        var told = new Tale("alice/phone", "bob/phone")
                .shown("bob/phone", A)
                .says("alice/phone", "a")
                .acknowledged("a", 1)
                .shown("alice/phone", A)
                .quiet()
                .ends(A);

        assertThat(told.found(new NothingInvented()))
                .singleElement()
                .asString()
                .endsWith("before anybody asked for it");
    }

    @Test
    void findsSomebodyWhoIsNotInTheConversation() {
        tale.acknowledged("a", 1)
                .starts("mallory/phone")
                .shown("mallory/phone", A)
                .endsWellWith(A);

        assertThat(tale.found(new NothingInvented()))
                .singleElement()
                .asString()
                .startsWith("mallory, who is not in it, has seen");
    }

    @Test
    void findsWhatIsGoneThoughNobodyTookItBack() {
        tale.acknowledged("a", 1).shown("bob/phone", A);

        assertThat(tale.endsWellWith(A.with(new Body.Gone(), new State(2, 0, Map.of())))
                        .found(new NothingInvented()))
                .singleElement()
                .asString()
                .startsWith("nobody took back");
    }

    @Test
    void findsWordsThatOnlyAnotherMessageWasEditedTo() {
        tale.acknowledged("a", 1).edits("alice/phone", 2, "b").unknown("b");
        var edited = A.with(new Body.Text("b"), new State(2, 2, Map.of()));

        assertThat(tale.endsWellWith(edited).found(new NothingInvented()))
                .singleElement()
                .asString()
                .startsWith("nobody sent " + edited);
    }

    @Test
    void findsWordsOfAnEditThatWasRefused() {
        tale.acknowledged("a", 1).edits("alice/phone", 1, "b").refused("b");

        assertThat(tale.endsWellWith(A.with(new Body.Text("b"), new State(2, 2, Map.of())))
                        .found(new NothingInvented()))
                .singleElement()
                .asString()
                .startsWith("the edit of 1 to \"b\" by alice/phone (refused: FORBIDDEN) shows in");
    }

    @Test
    void findsARecallThatNobodyAskedFor() {
        var recall = change(2, "alice", "recall of 1", new Body.Recall(1));
        tale.acknowledged("a", 1);

        assertThat(tale.endsWellWith(A, recall).found(new NothingInvented()))
                .singleElement()
                .asString()
                .startsWith("nobody sent " + recall);
    }
}
