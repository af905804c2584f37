package im.magpie.service.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;

class RecentlyTrueTest {

    private static final Duration TTL = Duration.ofSeconds(2);

    private static final Duration STANDING = Duration.ofSeconds(10);

    private final AtomicLong nanos = new AtomicLong();
    private final DataAccessException away = new DataAccessResourceFailureException("away");
    private final RecentlyTrue<String> recent = new RecentlyTrue<>(TTL, STANDING, 100, nanos::get);

    @Test
    void remembersForItsTime() {
        recent.remember(List.of("alice"), recent.mark());

        assertThat(recent.contains("alice")).isTrue();
        assertThat(recent.contains("bob")).isFalse();

        nanos.addAndGet(TTL.toNanos() + 1);
        assertThat(recent.contains("alice")).isFalse();
    }

    @Test
    void anOldAnswerStandsForWantOfAnother() {
        recent.remember(List.of("alice"), recent.mark());
        nanos.addAndGet(TTL.toNanos() + 1);

        recent.stand(List.of("alice"), away);
        assertThatThrownBy(() -> recent.stand(List.of("alice", "bob"), away)).isSameAs(away);
        recent.forget("alice");
        assertThatThrownBy(() -> recent.stand(List.of("alice"), away)).isSameAs(away);
    }

    @Test
    void noAnswerStandsForEver() {
        recent.remember(List.of("alice"), recent.mark());
        nanos.addAndGet(TTL.plus(STANDING).toNanos() + 1);

        assertThatThrownBy(() -> recent.stand(List.of("alice"), away)).isSameAs(away);
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
