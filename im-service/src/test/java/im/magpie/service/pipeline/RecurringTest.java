package im.magpie.service.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RecurringTest {

    @Test
    void roundsGoOnAfterOneThatFails() throws Exception {
        var rounds = new CountDownLatch(3);
        try (var work = new Recurring("work", Duration.ofMillis(1), () -> {
            rounds.countDown();
            throw new IllegalStateException("for this test");
        })) {
            work.start();

            assertThat(rounds.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aCloseEndsTheRoundUnderWay() throws Exception {
        var begun = new CountDownLatch(1);
        var ended = new CountDownLatch(1);
        var work = new Recurring("work", Duration.ofMillis(1), () -> {
            begun.countDown();
            try {
                Thread.sleep(Duration.ofHours(1));
            } finally {
                ended.countDown();
            }
        });
        work.start();
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();

        work.close();

        assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whatWasNeverStartedCanBeClosed() {
        new Recurring("work", Duration.ofMillis(1), () -> {}).close();
    }
}
