package im.magpie.service.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecentlyTrueTest {

    private static final Duration TTL = Duration.ofSeconds(2);

    private final AtomicLong nanos = new AtomicLong();
    private final RecentlyTrue<String> recent = new RecentlyTrue<>(TTL, 100, nanos::get);

    @Test
    void remembersForItsTime() {
        recent.remember(List.of("alice"), recent.mark());

        assertThat(recent.contains("alice")).isTrue();
        assertThat(recent.contains("bob")).isFalse();

        nanos.addAndGet(TTL.toNanos() + 1);
        assertThat(recent.contains("alice")).isFalse();
    }

    @Test
    void forgetsAtOnce() {
        recent.remember(List.of("alice", "bob"), recent.mark());

        recent.forget("alice");

        assertThat(recent.contains("alice")).isFalse();
        assertThat(recent.contains("bob")).isTrue();
    }

    @Test
    void takesNoAnswerThatMayBeOlderThanAChange() {
        var mark = recent.mark();
        recent.forget("alice");

        recent.remember(List.of("alice"), mark);

        assertThat(recent.contains("alice")).isFalse();
    }
}
