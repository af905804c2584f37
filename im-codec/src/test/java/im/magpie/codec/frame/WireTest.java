package im.magpie.codec.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class WireTest {

    @Test
    void aServerAnswersInTheFormOfTheFirstPacket() {
        var wire = Wire.ofServer(FrameLimits.DEFAULT);
        assertThat(wire.form()).isEqualTo(WireForm.PROTOBUF);
        assertThat(wire.compressing()).isFalse();

        wire.adopt(WireForm.JSON, true);
        wire.adopt(WireForm.TEXT, false);

        assertThat(wire.form()).isEqualTo(WireForm.JSON);
        assertThat(wire.compressing()).isTrue();
    }

    @Test
    void aClientKeepsItsOwnForm() {
        var wire = Wire.ofClient(FrameLimits.DEFAULT, WireForm.JSON, false);

        wire.adopt(WireForm.PROTOBUF, true);

        assertThat(wire.form()).isEqualTo(WireForm.JSON);
        assertThat(wire.compressing()).isFalse();
    }

    @Test
    void theLimitRisesWithLogin() {
        var wire = Wire.ofServer(FrameLimits.DEFAULT);
        assertThat(wire.maxBodyBytes()).isEqualTo(65_536);

        wire.loggedIn();

        assertThat(wire.maxBodyBytes()).isEqualTo(1_048_576);
    }

    @Test
    void limitsNeverFall() {
        assertThatIllegalArgumentException().isThrownBy(() -> new FrameLimits(0, 10));
        assertThatIllegalArgumentException().isThrownBy(() -> new FrameLimits(11, 10));
        assertThat(FrameLimits.constant(10)).isEqualTo(new FrameLimits(10, 10));
    }
}
