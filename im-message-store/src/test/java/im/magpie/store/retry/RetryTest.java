package im.magpie.store.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.magpie.store.StoreProperties;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class RetryTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Term term = new Term();

    @Test
    void repeatsUntilItPasses() {
        var attempts = new AtomicInteger();

        var result = retry(1, 2).untilDone("pass", term, () -> {
            if (attempts.incrementAndGet() < 5) {
                throw new IllegalStateException("not yet");
            }
            return "passed";
        });

        assertThat(result).isEqualTo("passed");
        assertThat(attempts).hasValue(5);
        assertThat(meters.counter("magpie.store.failures").count()).isEqualTo(4);
    }

    @Test
    void givesUpWhenTheTermEnds() {
        var attempts = new AtomicInteger();

        assertThatThrownBy(() -> retry(60_000, 60_000).untilPassed("pass", term, () -> {
                    attempts.incrementAndGet();
                    term.end();
                    throw new IllegalStateException("not yet");
                }))
                .isInstanceOf(TermEndedException.class)
                .hasRootCauseMessage("not yet");
        assertThat(attempts).hasValue(1);
    }

    @Test
    void finishesWhatPassesAfterTheTermHasEnded() {
        term.end();

        assertThat(retry(1, 1).untilDone("pass", term, () -> "passed")).isEqualTo("passed");
    }

    @Test
    void doesNotRepeatWhatCanNotPass() {
        var attempts = new AtomicInteger();

        assertThatThrownBy(() -> retry(1, 1).untilPassed("pass", term, () -> {
                    attempts.incrementAndGet();
                    throw new UnrecoverableException("never") {
                        private static final long serialVersionUID = 1L;
                    };
                }))
                .isInstanceOf(UnrecoverableException.class);
        assertThat(attempts).hasValue(1);
    }

    @Test
    void takesAnInterruptForTheEnd() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> retry(60_000, 60_000).untilPassed("pass", term, () -> {
                    throw new IllegalStateException("not yet");
                }))
                .isInstanceOf(TermEndedException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void waitsTwiceAsLongEachTimeUpToTheLongest() {
        var retry = retry(100, 1_000);

        assertThat(retry.pauseAfter(0)).isBetween(Duration.ofMillis(75), Duration.ofMillis(100));
        assertThat(retry.pauseAfter(1)).isBetween(Duration.ofMillis(150), Duration.ofMillis(200));
        assertThat(retry.pauseAfter(4)).isBetween(Duration.ofMillis(750), Duration.ofMillis(1_000));
        assertThat(retry.pauseAfter(1_000_000)).isBetween(Duration.ofMillis(750), Duration.ofMillis(1_000));
    }

    private Retry retry(long firstMillis, long longestMillis) {
        return new Retry(
                new StoreProperties(
                        new StoreProperties.Batch(1, DataSize.ofBytes(1), Duration.ZERO),
                        1,
                        new StoreProperties.Backoff(Duration.ofMillis(firstMillis), Duration.ofMillis(longestMillis)),
                        1,
                        Duration.ofSeconds(1),
                        new StoreProperties.Pull(1, DataSize.ofBytes(1)),
                        new StoreProperties.Retention(Duration.ofSeconds(1), 1, Duration.ZERO)),
                meters);
    }
}
