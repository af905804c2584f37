package im.magpie.e2e.check;

import static im.magpie.e2e.check.Tale.text;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SendersOrderTest {

    private final Tale tale = new Tale("alice/phone", "alice/laptop", "bob/phone");

    @Test
    void acceptsAnyOrderOfWhatWasSaidAtTheSameTime() {
        tale.says("alice/phone", "a")
                .says("alice/laptop", "b")
                .says("bob/phone", "c")
                .acknowledged("a", 3)
                .acknowledged("b", 2)
                .acknowledged("c", 1);

        assertThat(tale.endsWellWith(text(1, "bob", "c"), text(2, "alice", "b"), text(3, "alice", "a"))
                        .found())
                .isEmpty();
    }

    @Test
    void acceptsThatAnOpenOneComesAfterWhatWasSaidLaterByAnother() {
        tale.says("alice/phone", "a")
                .says("bob/phone", "b")
                .acknowledged("b", 1)
                .unknown("a");

        assertThat(tale.endsWellWith(text(1, "bob", "b"), text(2, "alice", "a")).found())
                .isEmpty();
    }

    @Test
    void findsADevicesMessagesThatOvertookEachOther() {
        tale.says("alice/phone", "a")
                .says("alice/phone", "b")
                .acknowledged("a", 2)
                .acknowledged("b", 1);

        assertThat(tale.endsWellWith(text(1, "alice", "b"), text(2, "alice", "a"))
                        .found(new SendersOrder()))
                .singleElement()
                .asString()
                .contains("\"a\" by alice/phone (acknowledged as 2) was overtaken by \"b\" by alice/phone");
    }

    @Test
    void findsThatAlsoWhenNobodyWasAnswered() {
        tale.says("alice/phone", "a").says("alice/phone", "b").unknown("a").unknown("b");

        assertThat(tale.endsWellWith(text(1, "alice", "b"), text(2, "alice", "a"))
                        .found(new SendersOrder()))
                .hasSize(1);
    }

    @Test
    void findsWhatStandsBeforeWhatHadBeenAcknowledged() {
        tale.says("alice/phone", "a")
                .acknowledged("a", 2)
                .says("bob/phone", "b")
                .acknowledged("b", 1);

        assertThat(tale.endsWellWith(text(1, "bob", "b"), text(2, "alice", "a")).found(new SendersOrder()))
                .singleElement()
                .asString()
                .contains("\"b\" by bob/phone (acknowledged as 1) stands before \"a\" by alice/phone");
    }

    @Test
    void findsWhatStandsBeforeWhatSomebodyHadSeen() {
        tale.says("alice/phone", "a")
                .shown("bob/phone", text(2, "alice", "a"))
                .says("bob/phone", "b")
                .acknowledged("a", 2)
                .acknowledged("b", 1);

        assertThat(tale.quiet().ends(text(1, "bob", "b"), text(2, "alice", "a")).found(new SendersOrder()))
                .singleElement()
                .asString()
                .contains("which was known to be there before");
    }

    @Test
    void findsItFarApart() {
        tale.says("alice/phone", "a").acknowledged("a", 4);
        tale.says("bob/phone", "b").says("bob/phone", "c").says("bob/phone", "d");

        assertThat(tale.endsWellWith(
                                text(1, "bob", "b"), text(2, "bob", "c"), text(3, "bob", "d"), text(4, "alice", "a"))
                        .found(new SendersOrder()))
                .hasSize(3);
    }
}
