package im.magpie.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    void namesTheLeastTheMiddleAndTheMost() {
        assertThat(Spread.of(DoubleStream.of(9, 1, 5))).isEqualTo(new Spread(1, 5, 9));
        assertThat(Spread.of(DoubleStream.of(4, 1))).isEqualTo(new Spread(1, 2.5, 4));
        assertThat(Spread.of(DoubleStream.of(7))).isEqualTo(new Spread(7, 7, 7));
        assertThat(Spread.of(DoubleStream.empty())).isEqualTo(new Spread(0, 0, 0));
    }
}
