package im.magpie.service.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RecurringTest {

    @Test
    void roundsGoOnAfterOneThatFailsAndEndWithTheClose() throws Exception {
        var rounds = new CountDownLatch(3);
        var interrupted = new CountDownLatch(1);
        var work = new Recurring("work", Duration.ofMillis(1), () -> {
            rounds.countDown();
            if (rounds.getCount() == 0) {
                interrupted.countDown();
                Thread.sleep(Duration.ofHours(1));
            }
            throw new IllegalStateException("for this test");
        });

        try (work) {
            work.start();
            assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void whatWasNeverStartedCanBeClosed() {
        new Recurring("work", Duration.ofMillis(1), () -> {}).close();
    }
}
