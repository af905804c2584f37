package im.magpie.service.rate;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.common.user.UserKey;
import im.magpie.service.rate.SendRates.Allowance;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SendRatesTest {

    private static final UserKey ALICE = new UserKey("acme", "alice");
    private static final UserKey BOB = new UserKey("acme", "bob");
    private static final UserKey STRANGER = new UserKey("other", "alice");

    private final AtomicLong nanos = new AtomicLong();
    private SendRateSettings settings = new SendRateSettings(10, 20, 0, 1);
    private final SendRates rates = new SendRates(() -> settings, nanos::get, new SimpleMeterRegistry());

    @Test
    void aUserMaySendABurstAndThenAtHisRate() {
        assertThat(rates.take(ALICE, 15)).isEqualTo(new Allowance(15, 0));
        var rest = rates.take(ALICE, 15);
        assertThat(rest.messages()).isEqualTo(5);
        assertThat(rest.retryAfterMillis()).isBetween(100, 220);
        assertThat(rates.take(ALICE, 1).messages()).isZero();

        pass(Duration.ofSeconds(1));
        assertThat(rates.take(ALICE, 11).messages()).isEqualTo(10);
    }

    @Test
    void nobodyPaysForOthers() {
        rates.take(ALICE, 100);

        assertThat(rates.take(BOB, 20).messages()).isEqualTo(20);
        assertThat(rates.take(STRANGER, 20).messages()).isEqualTo(20);
    }

    @Test
    void anAppsUsersShareItsRate() {
        settings = new SendRateSettings(10, 20, 1, 30);
        assertThat(rates.take(ALICE, 20).messages()).isEqualTo(20);

        var bobs = rates.take(BOB, 20);

        assertThat(bobs.messages()).isEqualTo(10);
        assertThat(bobs.retryAfterMillis()).isBetween(1_000, 2_002);
        assertThat(rates.take(STRANGER, 20).messages()).isEqualTo(20);
        settings = new SendRateSettings(10, 20, 0, 1);
        assertThat(rates.take(BOB, 20).messages())
                .as("what the app refused is not the user's loss")
                .isEqualTo(10);
    }

    @Test
    void withoutRatesEverythingMayBeSent() {
        settings = new SendRateSettings(0, 1, 0, 1);

        assertThat(rates.take(ALICE, 1_000_000)).isEqualTo(new Allowance(1_000_000, 0));
    }

    @Test
    void anIdleBucketIsForgottenFull() {
        rates.take(ALICE, 20);
        pass(Duration.ofSeconds(61));

        assertThat(rates.take(ALICE, 25).messages()).isEqualTo(20);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
