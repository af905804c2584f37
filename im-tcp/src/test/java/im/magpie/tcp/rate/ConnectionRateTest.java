package im.magpie.tcp.rate;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConnectionRateTest {

    private final MockTicker ticker = Ticker.newMockTicker();
    private RateSettings settings = new RateSettings(10, 3, 1_000, 5_000);
    private final ConnectionRate rate = new ConnectionRate(() -> settings, ticker);

    @Test
    void aBurstIsAdmittedAndThenTheRate() {
        admit(3);
        assertThat(rate.admit()).isBetween(100, 220);
        pass(100);
        admit(1);
        assertThat(rate.admit()).isPositive();
        pass(10_000);
        admit(3);
        assertThat(rate.admit()).isPositive();
    }

    @Test
    void whatIsRefusedCountsForNothing() {
        admit(3);
        for (var i = 0; i < 1_000; i++) {
            assertThat(rate.admit()).isPositive();
        }
        pass(100);
        admit(1);
    }

    @Test
    void whatIsTakenOnInAnyCaseCountsAllTheSame() {
        for (var i = 0; i < 4; i++) {
            rate.count();
        }
        pass(100);
        assertThat(rate.admit()).as("one is owed").isPositive();
        pass(100);
        admit(1);
    }

    @Test
    void bytesAreCountedWhereverTheyBelong() {
        rate.read(5_000);
        admit(1);
        rate.read(500);
        assertThat(rate.admit()).isBetween(500, 1_002);
        pass(499);
        assertThat(rate.admit()).isPositive();
        pass(1);
        admit(1);
    }

    @Test
    void nobodyIsRefusedForLongerThanABurstTakes() {
        rate.read(Integer.MAX_VALUE);
        pass(5_000);
        admit(1);
    }

    @Test
    void otherSettingsHoldAtOnce() {
        admit(3);
        settings = new RateSettings(0, 1, 0, 1);
        rate.read(1_000_000);
        admit(1_000);
        settings = new RateSettings(1, 1, 0, 1);
        pass(1_000);
        admit(1);
        assertThat(rate.admit()).isBetween(1_000, 2_002);
    }

    private void admit(int requests) {
        for (var i = 0; i < requests; i++) {
            assertThat(rate.admit()).isZero();
        }
    }

    private void pass(long millis) {
        ticker.advance(millis, TimeUnit.MILLISECONDS);
    }
}
