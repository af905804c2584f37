package im.magpie.appbusiness.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AttemptsTest {

    private final AtomicLong nanos = new AtomicLong();
    private final Attempts attempts = new Attempts(new AttemptProperties(3, Duration.ofMinutes(5)), nanos::get);

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private long granted(String userId, int tries) {
        return IntStream.range(0, tries).filter(_ -> attempts.begin(userId)).count();
    }

    @Test
    void endAtTheLimit() {
        assertThat(granted("alice", 10)).isEqualTo(3);
    }

    @Test
    void areCountedForEachUser() {
        granted("alice", 10);

        assertThat(attempts.begin("bob")).isTrue();
    }

    @Test
    void beginAgainWhenTheWindowHasPassed() {
        granted("alice", 3);
        pass(Duration.ofMinutes(4));
        assertThat(attempts.begin("alice")).isFalse();

        pass(Duration.ofMinutes(1));

        assertThat(granted("alice", 10)).isEqualTo(3);
    }

    @Test
    void areForgottenOfWhoeverSucceeds() {
        granted("alice", 2);
        attempts.succeeded("alice");

        assertThat(granted("alice", 10)).isEqualTo(3);
    }

    @Test
    void areNotMoreWhenTheyComeTogether() {
        var granted = IntStream.range(0, 1_000)
                .parallel()
                .filter(_ -> attempts.begin("alice"))
                .count();

        assertThat(granted).isEqualTo(3);
    }
}
