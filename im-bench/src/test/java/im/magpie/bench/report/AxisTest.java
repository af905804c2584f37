package im.magpie.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AxisTest {

    @Test
    void aLinearAxisBeginsAtNothing() {
        var axis = Axis.linear("ms", 48);

        assertThat(axis.ticks()).containsExactly(0.0, 10.0, 20.0, 30.0, 40.0);
        assertThat(axis.place(24)).isEqualTo(0.5);
        assertThat(axis.place(-1)).isZero();
        assertThat(axis.place(99)).isEqualTo(1);
        assertThat(Axis.linear("ms", 0).place(0)).isZero();
    }

    @Test
    void aShortLogarithmicAxisCountsBetweenThem() {
        assertThat(Axis.logarithmic("ms", 30, 200).ticks()).containsExactly(50.0, 100.0, 200.0);
    }

    @Test
    void aLogarithmicAxisCountsPowers() {
        var axis = Axis.logarithmic("ms", 0.1, 1_000);

        assertThat(axis.ticks()).hasSize(5);
        assertThat(axis.place(10)).isCloseTo(0.5, within(1e-9));
        assertThat(axis.place(0)).isZero();
        assertThat(Axis.logarithmic("ms", 0, 0).place(1)).isEqualTo(1);
    }
}
