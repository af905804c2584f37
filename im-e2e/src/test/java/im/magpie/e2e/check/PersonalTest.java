package im.magpie.e2e.check;

import static im.magpie.e2e.check.Tale.PATIENCE;
import static im.magpie.e2e.check.Tale.text;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.e2e.history.Settings;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Alice has a phone and a laptop; what she makes of her conversation with Bob is her own affair. */
class PersonalTest {

    private static final String PHONE = "alice/phone";
    private static final String LAPTOP = "alice/laptop";
    private static final String BOB = "bob/phone";

    private static Settings settings(long version, String draft, Long... deleted) {
        return new Settings(version, false, false, draft, 0, List.of(deleted));
    }

    private static Tale tale() {
        return new Tale(PHONE, LAPTOP, BOB);
    }

    /** Bob has said two things, which everybody has seen. */
    private static Tale talk() {
        return tale().says(BOB, "a")
                .acknowledged("a", 1)
                .says(BOB, "b")
                .acknowledged("b", 2)
                .shownToAll(text(1, "bob", "a"), text(2, "bob", "b"));
    }

    /** All is quiet, and both of alice's devices are told of these settings and know them then. */
    private static Tale endsWith(Tale tale, Settings settings) {
        return tale.quiet()
                .configured(PHONE, settings)
                .configured(LAPTOP, settings)
                .keptSettings(PHONE, settings)
                .keptSettings(LAPTOP, settings)
                .keptSettings(BOB, Settings.NONE);
    }

    /** The server and both sides have everything but what alice has deleted. */
    private static Tale withoutFirst(Tale tale) {
        var all = List.of(text(1, "bob", "a"), text(2, "bob", "b"));
        return tale.storedFor(BOB, all.get(0), all.get(1))
                .storedFor(PHONE, all.get(1))
                .kept(BOB, all.get(0), all.get(1))
                .kept(PHONE, all.get(1))
                .kept(LAPTOP, all.get(1));
    }

    @Test
    void whatWasAcknowledgedAndIsKnownEverywhereIsRight() {
        var tale = talk().drafts(PHONE, "dear").done("dear").deletes(LAPTOP, 1).done("deletion of 1");

        assertThat(withoutFirst(endsWith(tale, settings(2, "dear", 1L))).found())
                .isEmpty();
    }

    @Test
    void devicesMustNotDiffer() {
        var tale = tale().drafts(PHONE, "dear")
                .unknown("dear")
                .keptSettings(PHONE, settings(1, "dear"))
                .keptSettings(LAPTOP, Settings.NONE);

        assertThat(tale.found(new Personal())).singleElement().asString().contains("different settings");
    }

    @Test
    void whatWasAcknowledgedLastCounts() {
        var tale = tale().drafts(PHONE, "one").done("one").drafts(LAPTOP, "two").done("two");

        assertThat(endsWith(tale, settings(2, "two")).found(new Personal())).isEmpty();
        assertThat(endsWith(
                                tale().drafts(PHONE, "one")
                                        .done("one")
                                        .drafts(LAPTOP, "two")
                                        .done("two"),
                                settings(2, "one"))
                        .found(new Personal()))
                .hasSize(2)
                .allMatch(what -> what.contains("\"two\"") && what.contains("does not show"));
    }

    @Test
    void whatOverlapsMayHaveComeInAnyOrder() {
        for (var last : List.of("one", "two")) {
            var tale = tale().drafts(PHONE, "one")
                    .drafts(LAPTOP, "two")
                    .done("two")
                    .done("one");

            assertThat(endsWith(tale, settings(2, last)).found(new Personal())).isEmpty();
        }
    }

    @Test
    void whatIsOpenMayComeAnyTimeOrNever() {
        for (var last : List.of("open", "later")) {
            var tale = tale().drafts(PHONE, "open")
                    .unknown("open")
                    .drafts(LAPTOP, "later")
                    .done("later");

            assertThat(endsWith(tale, settings(2, last)).found(new Personal())).isEmpty();
        }
    }

    @Test
    void nothingMustShowThatWasRefusedOrThatNobodyAskedFor() {
        var refused = tale().drafts(PHONE, "dear").refused("dear");

        assertThat(endsWith(refused, settings(1, "dear")).found(new Personal()))
                .isNotEmpty()
                .allMatch(what -> what.contains("not asked for"));
        assertThat(endsWith(
                                tale().pins(BOB, true).done("pin of " + BOB),
                                new Settings(1, true, false, "", 0, List.of()))
                        .found(new Personal()))
                .anyMatch(what -> what.contains("alice has not asked for"));
        assertThat(endsWith(talk().deletes(PHONE, 1).done("deletion of 1"), settings(1, "", 1L, 2L))
                        .found(new Personal()))
                .isNotEmpty()
                .allMatch(what -> what.contains("not asked for"));
    }

    @Test
    void settingsMustNotBeToldBeforeTheyAreAskedForNorGoBack() {
        assertThat(tale().configured(PHONE, settings(1, "dear"))
                        .drafts(PHONE, "dear")
                        .found(new Personal()))
                .singleElement()
                .asString()
                .contains("not asked for");
        assertThat(tale().drafts(PHONE, "one")
                        .drafts(PHONE, "two")
                        .configured(LAPTOP, settings(2, "two"))
                        .configured(LAPTOP, settings(1, "one"))
                        .found(new Personal()))
                .singleElement()
                .asString()
                .contains("not newer");
        assertThat(tale().drafts(PHONE, "one")
                        .drafts(PHONE, "two")
                        .configured(PHONE, settings(1, "one"))
                        .configured(LAPTOP, settings(1, "two"))
                        .found(new Personal()))
                .singleElement()
                .asString()
                .contains("is two");
    }

    @Test
    void whatWasDeletedStaysSo() {
        var tale =
                talk().deletes(PHONE, 1).done("deletion of 1").deletes(PHONE, 2).unknown("deletion of 2");

        assertThat(endsWith(tale, settings(2, "", 2L)).found(new Personal()))
                .hasSize(2)
                .allMatch(what -> what.contains("deletion of 1") && what.contains("does not show"));
    }

    @Test
    void whatIsDeletedIsGoneFromDevicesAndFromWhatTheServerAnswers() {
        var tale = endsWith(talk().deletes(PHONE, 1).done("deletion of 1"), settings(1, "", 1L))
                .storedFor(LAPTOP, text(1, "bob", "a"), text(2, "bob", "b"))
                .kept(PHONE, text(1, "bob", "a"), text(2, "bob", "b"))
                .kept(BOB, text(1, "bob", "a"), text(2, "bob", "b"));

        assertThat(tale.found(new Personal())).hasSize(2).allMatch(what -> what.contains("is deleted, and in"));
    }

    @Test
    void nothingDeletedIsShownAnew() {
        var known =
                talk().deletes(PHONE, 1).configured(LAPTOP, settings(1, "", 1L)).shown(LAPTOP, text(1, "bob", "a"));
        assertThat(known.found(new Personal())).singleElement().asString().contains("knew to be deleted");

        var fresh = talk().deletes(PHONE, 1)
                .done("deletion of 1")
                .starts("alice/tablet")
                .shown("alice/tablet", text(1, "bob", "a"));
        assertThat(fresh.found(new Personal())).singleElement().asString().contains("began later");

        // A device that has not heard of it may still be shown it.
        var crossing = tale().says(BOB, "a")
                .shown(PHONE, text(1, "bob", "a"))
                .deletes(PHONE, 1)
                .done("deletion of 1")
                .shown(LAPTOP, text(1, "bob", "a"));
        assertThat(crossing.found(new Personal())).isEmpty();
    }

    @Test
    void everyDeviceHasToLearnOfSettingsInTime() {
        var late = talk().drafts(PHONE, "dear")
                .done("dear")
                .configured(PHONE, settings(1, "dear"))
                .quiet()
                .passes(PATIENCE)
                .configured(LAPTOP, settings(1, "dear"))
                .ends(text(1, "bob", "a"), text(2, "bob", "b"));
        assertThat(late.found(new Agreement())).singleElement().asString().contains("too late");

        var never = talk().drafts(PHONE, "dear")
                .done("dear")
                .configured(PHONE, settings(1, "dear"))
                .quiet()
                .ends(text(1, "bob", "a"), text(2, "bob", "b"));
        assertThat(never.found(new Agreement())).singleElement().asString().contains("never learnt");
    }

    @Test
    void somebodyHasToLookInTheEnd() {
        var tale = talk().drafts(PHONE, "dear").done("dear").quiet().ends(text(1, "bob", "a"), text(2, "bob", "b"));

        assertThat(tale.found(new Complete())).hasSize(3).allMatch(what -> what.contains("nobody looked at what"));
    }

    @Test
    void othersMissNothingOfWhatSomebodyHasDeletedForHimself() {
        var tale = talk().deletes(PHONE, 1).done("deletion of 1");
        var lost = endsWith(tale, settings(1, "", 1L))
                .storedFor(BOB, text(2, "bob", "b"))
                .storedFor(PHONE, text(2, "bob", "b"))
                .kept(BOB, text(2, "bob", "b"))
                .kept(PHONE, text(2, "bob", "b"))
                .kept(LAPTOP, text(2, "bob", "b"));

        assertThat(lost.found(new NothingLost()))
                .singleElement()
                .asString()
                .contains(BOB)
                .doesNotContain("alice");
    }
}
