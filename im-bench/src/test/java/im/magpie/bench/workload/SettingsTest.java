package im.magpie.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SettingsTest {

    @Test
    void theUsualSizesAreThoseOfTheWorkloads() {
        assertThat(Settings.FULL.users()).isEqualTo(1_000);
        assertThat(Settings.FULL.outstanding()).containsExactly(1, 8);
        assertThat(Settings.FULL.messages()).isEqualTo(60_000);
        assertThat(Settings.FULL.connections()).containsExactly(10_000, 19_000);
        assertThat(Settings.FULL.group()).isEqualTo(500);
        assertThat(Settings.FULL.waiting()).isEqualTo(1_000);
        assertThat(Settings.FULL.growth())
                .isEqualTo(new GrowthSizes(List.of(18_000), List.of(10, 10_000), 50, List.of()));
        assertThat(Settings.FULL.runs()).isEqualTo(3);
    }

    @Test
    void theSmokeIsLittle() {
        assertThat(Settings.SMOKE.messages()).isLessThan(1_000);
        assertThat(Settings.SMOKE.runs()).isEqualTo(1);
    }
}
