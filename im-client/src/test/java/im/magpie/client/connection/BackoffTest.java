package im.magpie.client.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofMillis(1_000), new Random(1));

    @Test
    void doublesUpToABoundAndLeavesHalfToChance() {
        for (var most : new int[] {100, 200, 400, 800, 1_000, 1_000}) {
            assertThat(backoff.next()).isBetween(Duration.ofMillis(most / 2), Duration.ofMillis(most));
        }
    }

    @Test
    void beginsAnewAfterASuccess() {
        Stream.generate(backoff::next).limit(5).forEach(_ -> {});
        backoff.reset();
        assertThat(backoff.next()).isLessThanOrEqualTo(Duration.ofMillis(100));
    }

    @Test
    void differs() {
        var waits = Stream.generate(() -> {
                    backoff.reset();
                    return backoff.next();
                })
                .limit(20)
                .distinct();
        assertThat(waits).hasSizeGreaterThan(5);
    }
}
