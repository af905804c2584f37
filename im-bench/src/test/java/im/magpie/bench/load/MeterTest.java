package im.magpie.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.magpie.bench.MeasurementException;
import im.magpie.bench.load.Meter.Counts;
import org.junit.jupiter.api.Test;

class MeterTest {

    private final Meter meter = new Meter();

    @Test
    void countsWhatIsDone() {
        meter.accepted(1_000_000);
        meter.delivered(3_000_000);
        meter.delivered(-5);
        meter.acknowledged(2);
        meter.repeated();
        meter.pulled();
        meter.refused();

        assertThat(meter.counts()).isEqualTo(new Counts(1, 2, 2, 1, 1, 1));
        assertThat(meter.counts().plus(meter.counts()).since(meter.counts())).isEqualTo(meter.counts());
    }

    @Test
    void latenciesAreDrainedOnce() {
        meter.accepted(1_000_000);
        meter.delivered(3_000_000);
        meter.delivered(Long.MAX_VALUE);
        var accepts = Meter.histogram();
        var deliveries = Meter.histogram();
        meter.drain(accepts, deliveries);
        meter.drain(accepts, deliveries);

        assertThat(accepts.getTotalCount()).isEqualTo(1);
        assertThat(accepts.getMaxValue()).isBetween(1_000L, 1_001L);
        assertThat(deliveries.getTotalCount()).isEqualTo(2);
        assertThat(deliveries.getMinValue()).isBetween(2_998L, 3_001L);
    }

    @Test
    void theFirstFailureIsTold() {
        meter.failed("first");
        meter.failed("second");

        assertThatThrownBy(meter::counts)
                .isInstanceOf(MeasurementException.class)
                .hasMessage("first");
    }
}
