package im.magpie.common.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TokenBucketTest {

    private static final long SECOND = 1_000_000_000;
    private static final int RATE = 10;
    private static final int SIZE = 20;

    /** Clocks may be anywhere, even about to overflow. */
    private long now = Long.MAX_VALUE - SECOND;

    private final TokenBucket bucket = new TokenBucket(now);

    private int take(int wanted) {
        return bucket.takeUpTo(wanted, RATE, SIZE, now);
    }

    @Test
    void isFullAtFirstAndNeverFuller() {
        now += 100 * SECOND;
        assertThat(take(15)).isEqualTo(15);
        assertThat(take(15)).isEqualTo(5);
        assertThat(take(15)).isZero();
    }

    @Test
    void isFilledUpAtItsRate() {
        take(SIZE);
        for (var i = 0; i < 50; i++) {
            now += SECOND / RATE;
            assertThat(take(3)).as("after %d", i).isEqualTo(1);
        }
        now += SECOND / RATE - 1_000;
        assertThat(take(1)).isZero();
        now += SECOND;
        assertThat(take(SIZE)).isEqualTo(10);
    }

    @Test
    void tellsHowLongToWait() {
        assertThat(bucket.nanosUntil(SIZE, RATE, SIZE, now)).isZero();
        take(SIZE);
        assertThat(bucket.nanosUntil(1, RATE, SIZE, now)).isCloseTo(SECOND / 10, within(10L));
        assertThat(bucket.nanosUntil(5, RATE, SIZE, now)).isCloseTo(SECOND / 2, within(10L));
        now += bucket.nanosUntil(5, RATE, SIZE, now);
        assertThat(take(SIZE)).isEqualTo(5);
    }

    @Test
    void mayOweNoMoreThanItsSize() {
        bucket.charge(SIZE + 5, RATE, SIZE, now);
        assertThat(bucket.nanosUntil(0, RATE, SIZE, now)).isCloseTo(SECOND / 2, within(10L));
        assertThat(take(1)).isZero();

        bucket.charge(1_000_000_000, RATE, SIZE, now);
        assertThat(bucket.nanosUntil(0, RATE, SIZE, now)).isCloseTo(2 * SECOND, within(10L));
        now += 3 * SECOND;
        assertThat(take(SIZE)).isEqualTo(10);
    }

    @Test
    void takesBackWhatWasNotUsed() {
        take(SIZE);
        bucket.giveBack(7, RATE);
        assertThat(take(SIZE)).isEqualTo(7);
    }

    @Test
    void withoutARateThereIsNoLimit() {
        bucket.charge(1_000, 0, SIZE, now);
        assertThat(bucket.takeUpTo(1_000_000, 0, SIZE, now)).isEqualTo(1_000_000);
        assertThat(bucket.nanosUntil(1_000_000, 0, SIZE, now)).isZero();
        assertThat(take(SIZE)).isEqualTo(SIZE);
    }

    @Test
    void anotherRateHoldsAtOnce() {
        take(SIZE);
        now += SECOND;
        assertThat(bucket.takeUpTo(1_000, 1_000, SIZE, now))
                .as("what is missing is counted at the new rate")
                .isZero();
        now += SECOND;
        assertThat(bucket.takeUpTo(1_000, 1_000, SIZE, now)).isEqualTo(SIZE);
    }

    @Test
    void largeNumbersAreCountedToo() {
        var bytes = new TokenBucket(now);
        assertThat(bytes.takeUpTo(Integer.MAX_VALUE, 1_000_000_000, Integer.MAX_VALUE, now))
                .isEqualTo(Integer.MAX_VALUE);
        now += SECOND;
        assertThat(bytes.takeUpTo(Integer.MAX_VALUE, 1_000_000_000, Integer.MAX_VALUE, now))
                .isCloseTo(1_000_000_000, within(100));
    }

    @Test
    void manyThreadsGetWhatThereIsAndNoMore() {
        var taken = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < 100; i++) {
                threads.execute(() -> {
                    for (var n = 0; n < 100; n++) {
                        taken.addAndGet(bucket.takeUpTo(1, RATE, 5_000, now));
                    }
                });
            }
        }
        assertThat(taken).hasValue(5_000);
    }
}
