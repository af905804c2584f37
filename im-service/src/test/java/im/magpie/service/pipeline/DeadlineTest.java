package im.magpie.service.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlineTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void theSoonerOrTheLaterOfTwoCanBeTaken() {
        var hour = Deadline.in(HOUR);

        assertThat(hour.orIn(HOUR.multipliedBy(2))).isEqualTo(hour);
        assertThat(hour.orIn(Duration.ZERO).passed()).isTrue();
        assertThat(hour.atLeastIn(Duration.ZERO)).isEqualTo(hour);
        assertThat(hour.atLeastIn(HOUR.multipliedBy(2)).left()).isGreaterThan(HOUR);
    }

    @Test
    void nothingIsLeftOfOneThatHasPassed() {
        var passed = Deadline.in(Duration.ofMillis(-1));

        assertThat(passed.passed()).isTrue();
        assertThat(passed.left()).isZero();
        assertThat(Deadline.in(HOUR).passed()).isFalse();
    }

    @Test
    void aPauseSaysWhetherThereIsTimeLeft() {
        assertThat(new Backoff().pauseUntil(Deadline.in(HOUR))).isTrue();
        assertThat(new Backoff().pauseUntil(Deadline.in(Duration.ZERO))).isFalse();
    }

    @Test
    void anInterruptedPauseLeavesNoTime() {
        Thread.currentThread().interrupt();

        assertThat(new Backoff().pauseUntil(Deadline.in(HOUR))).isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }
}
