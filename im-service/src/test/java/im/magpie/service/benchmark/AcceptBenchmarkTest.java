package im.magpie.service.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.service.testing.TestRedis;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AcceptBenchmarkTest {

    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    static Stream<Load> loads() {
        return new AcceptBenchmark(REDIS).loads().stream();
    }

    @ParameterizedTest
    @MethodSource("loads")
    void everythingIsTaken(Load load) {
        assertThat(load.run(1).messages()).isPositive();
    }
}
