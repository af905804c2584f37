package im.magpie.tcp.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final Backoff backoff = new Backoff(Duration.ofMillis(10), Duration.ofMillis(50));

    @RepeatedTest(20)
    void doublesUpToItsMostWithJitter() {
        assertThat(backoff.pause(0)).isBetween(Duration.ofMillis(5), Duration.ofMillis(10));
        assertThat(backoff.pause(1)).isBetween(Duration.ofMillis(10), Duration.ofMillis(20));
        assertThat(backoff.pause(3)).isBetween(Duration.ofMillis(25), Duration.ofMillis(50));
        assertThat(backoff.pause(1_000_000)).isBetween(Duration.ofMillis(25), Duration.ofMillis(50));
        assertThat(Backoff.jitteredMillis(Duration.ofMillis(100))).isBetween(50, 150);
    }

    @Test
    void pausesRise() {
        assertThatThrownBy(() -> new Backoff(Duration.ZERO, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
