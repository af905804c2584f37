package im.magpie.common.readiness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

class ReadinessTest {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger looks = new AtomicInteger();
    private volatile @Nullable String missing;
    private final Readiness readiness = new Readiness(
            List.of(new Requirement("always", () -> null), new Requirement("server", this::look)),
            new ReadinessSettings(Duration.ofMillis(5), PATIENCE),
            nanos::get);

    private @Nullable String look() {
        looks.incrementAndGet();
        return missing;
    }

    @AfterEach
    void close() {
        readiness.close();
    }

    @Test
    void isNotReadyBeforeAllWasThere() {
        assertThat(readiness.ready()).isFalse();
        missing = "no route";
        readiness.start();
        await().until(() -> readiness.missing().values().contains("no route"));
        assertThat(readiness.missing()).containsOnlyKeys("server");

        missing = null;
        await().until(readiness::ready);
        assertThat(readiness.requirements()).containsExactly("always", "server");
        assertThat(new ReadinessIndicator(readiness).health().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void bearsAShortLoss() {
        start();
        missing = "gone";
        awaitLooks(2);
        pass(PATIENCE.minusNanos(1));
        awaitLooks(2);
        assertThat(readiness.ready()).isTrue();

        missing = null;
        awaitLooks(2);
        pass(PATIENCE);
        missing = "gone again";
        awaitLooks(2);
        assertThat(readiness.ready()).as("the time counts anew").isTrue();
    }

    @Test
    void saysWhatIsMissingForLong() {
        start();
        missing = "gone";
        awaitLooks(2);
        pass(PATIENCE);

        assertThat(readiness.missing()).containsOnly(Map.entry("server", "gone"));
        assertThat(readiness.there("server")).isFalse();
        assertThat(readiness.there("always")).isTrue();
        var health = new ReadinessIndicator(readiness).health();
        assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        assertThat(health.getDetails()).containsEntry("server", "gone");

        missing = null;
        await().until(readiness::ready);
    }

    @Test
    void whatDoesNotAnswerIsMissingToo() {
        var hang = new CountDownLatch(1);
        var asked = new AtomicInteger();
        try (var hanging = new Readiness(
                List.of(
                        new Requirement("hanging", () -> {
                            if (asked.incrementAndGet() > 1) {
                                hang.await();
                            }
                            return null;
                        }),
                        new Requirement("failing", () -> {
                            throw new IllegalStateException("refused\nat length");
                        })),
                new ReadinessSettings(Duration.ofMillis(5), PATIENCE),
                nanos::get)) {
            hanging.start();
            await().until(() -> asked.get() == 2);
            assertThat(hanging.there("hanging")).isTrue();
            pass(PATIENCE);
            await().until(() -> hanging.missing().size() == 2);
            assertThat(hanging.missing())
                    .containsEntry("hanging", "it does not answer")
                    .containsEntry("failing", "refused");
        }
    }

    private void start() {
        readiness.start();
        await().until(readiness::ready);
    }

    private void awaitLooks(int more) {
        var until = looks.get() + more;
        await().until(() -> looks.get() >= until);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
