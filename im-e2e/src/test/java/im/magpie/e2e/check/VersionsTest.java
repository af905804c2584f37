package im.magpie.e2e.check;

import static im.magpie.e2e.check.GroupTale.A;
import static im.magpie.e2e.check.GroupTale.ADDED;
import static im.magpie.e2e.check.GroupTale.B;
import static im.magpie.e2e.check.GroupTale.C;
import static im.magpie.e2e.check.GroupTale.GONE;
import static im.magpie.e2e.check.GroupTale.MADE;
import static im.magpie.e2e.check.Tale.event;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.e2e.history.Body;
import im.magpie.e2e.history.Entry;
import java.util.List;
import org.junit.jupiter.api.Test;

class VersionsTest {

    private static List<String> found(Entry... entries) {
        return GroupTale.asked().quiet().storedFor("alice/phone", entries).found(new Versions());
    }

    @Test
    void acceptsOneEventAfterTheOther() {
        assertThat(found(MADE, A, ADDED, B, GONE, C)).isEmpty();
    }

    @Test
    void findsAVersionThatIsMissing() {
        assertThat(found(MADE, A, event(3, 1, "alice", new Body.Named(3, "n"))))
                .singleElement()
                .asString()
                .endsWith("is behind version 1");
    }

    @Test
    void findsAVersionThatIsThereTwice() {
        assertThat(found(MADE, A, ADDED, event(4, 1, "alice", new Body.Named(2, "n"))))
                .hasSize(1);
    }

    @Test
    void findsVersionsInAnotherOrder() {
        assertThat(found(
                        MADE,
                        event(2, 0, "alice", new Body.Named(3, "n")),
                        event(3, 0, "alice", new Body.Named(2, "m"))))
                .hasSize(1);
    }

    @Test
    void findsWhatIsSaidBeforeThereIsAGroup() {
        assertThat(found(Tale.text(1, 1, "alice", "a")))
                .singleElement()
                .asString()
                .endsWith("stands before the group was made");
    }

    @Test
    void findsSomebodyWhoComesAndIsIn() {
        assertThat(found(MADE, event(2, 0, "alice", new Body.Came(2, List.of("bob"), false))))
                .singleElement()
                .asString()
                .endsWith("lets somebody in who is in already");
    }

    @Test
    void findsSomebodyWhoGoesAndIsNotIn() {
        assertThat(found(MADE, event(2, 0, "alice", new Body.Went(2, List.of("carol")))))
                .singleElement()
                .asString()
                .endsWith("lets somebody go who is not in");
    }

    @Test
    void findsSomebodyWhoIsSilencedAndIsNotIn() {
        assertThat(found(MADE, event(2, 0, "alice", new Body.Silenced(2, "carol", true))))
                .hasSize(1);
    }
}
