package im.magpie.tcp.room;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VersionsTest {

    private final Versions versions = new Versions();

    @BeforeEach
    void begin() {
        versions.begin(3);
        versions.enteredAt(3);
    }

    @Test
    void oneChangeAfterTheOtherIsInNoDoubt() {
        versions.heard(4);
        versions.heard(5);
        versions.heard(4);
        versions.claimed(5);
        assertThat(versions.inDoubt()).isFalse();
    }

    @Test
    void aGapIsADoubtUntilItIsFilled() {
        versions.heard(5);
        versions.heard(6);
        assertThat(versions.inDoubt()).isTrue();
        versions.heard(4);
        assertThat(versions.inDoubt()).isFalse();
    }

    @Test
    void anAnswerHoldsUpToWhatWasKnownWhenItWasAskedFor() {
        versions.heard(6);
        var asked = versions.ask();
        versions.heard(8);
        versions.answered(asked);
        assertThat(asked).isEqualTo(6);
        assertThat(versions.inDoubt()).isTrue();
        versions.heard(7);
        assertThat(versions.inDoubt()).isFalse();
    }

    @Test
    void whatTheServicesClaimIsADoubtUntilItIsHeardOrAnswered() {
        versions.claimed(4);
        assertThat(versions.inDoubt()).isTrue();
        versions.heard(4);
        assertThat(versions.inDoubt()).isFalse();
        versions.claimed(7);
        versions.answered(versions.ask());
        assertThat(versions.inDoubt()).isFalse();
    }

    @Test
    void whoWasLetInBeforeWhatHasPassedIsInDoubt() {
        versions.heard(4);
        versions.enteredAt(3);
        assertThat(versions.inDoubt()).isTrue();
        versions.answered(versions.ask());
        assertThat(versions.inDoubt()).isFalse();
        versions.enteredAt(4);
        assertThat(versions.inDoubt()).isFalse();
    }

    @Test
    void aQuestionWithoutAnswerIsStillOpen() {
        versions.heard(4);
        versions.enteredAt(3);
        versions.ask();
        versions.notAnswered();
        assertThat(versions.inDoubt()).isTrue();
    }

    @Test
    void manyGapsTakeBoundedRoom() {
        for (var version = 5L; version < 10_000; version += 2) {
            versions.heard(version);
        }
        versions.answered(versions.ask());
        assertThat(versions.inDoubt()).isFalse();
    }
}
