package im.magpie.e2e.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StaysInTest {

    @Test
    void acceptsThatADeviceIsClosedAndOpenedAgain() {
        assertThat(new Tale("alice/phone", "bob/phone")
                        .stops("alice/phone")
                        .starts("alice/phone")
                        .endsWellWith()
                        .found())
                .isEmpty();
    }

    @Test
    void findsADeviceThatWasTurnedOut() {
        assertThat(new Tale("alice/phone", "bob/phone")
                        .kicked("bob/phone")
                        .endsWellWith()
                        .found(new StaysIn()))
                .containsExactly("bob/phone was turned out: SUPERSEDED");
    }
}
