package im.magpie.tcp.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BatcherTest {

    private final BlockingQueue<List<Integer>> batches = new LinkedBlockingQueue<>();
    private final Semaphore permits = new Semaphore(0);

    private Batcher<Integer> batcher() {
        return new Batcher<>("test", new BatchSettings(4, 3), batch -> {
            batches.add(List.copyOf(batch));
            permits.acquire();
            if (batch.contains(13)) {
                throw new IllegalStateException("a test");
            }
        });
    }

    private List<Integer> next() throws InterruptedException {
        return Objects.requireNonNull(batches.poll(10, TimeUnit.SECONDS));
    }

    @Test
    void takesWhatHasGatheredWhileTheLastBatchWasUnderWay() throws InterruptedException {
        try (var batcher = batcher()) {
            assertThat(batcher.offer(1)).isTrue();
            assertThat(next()).containsExactly(1);
            for (var i = 2; i <= 5; i++) {
                assertThat(batcher.offer(i)).isTrue();
            }
            assertThat(batcher.offer(6)).as("full").isFalse();
            assertThat(batcher.waiting()).isEqualTo(4);
            permits.release(3);

            assertThat(next()).containsExactly(2, 3, 4);
            assertThat(next()).containsExactly(5);
            await().until(batcher::idle);
        }
    }

    @Test
    void aBatchThatFailsDoesNotEndTheOthers() throws InterruptedException {
        try (var batcher = batcher()) {
            batcher.offer(13);
            next();
            permits.release(2);
            batcher.offer(1);
            assertThat(next()).containsExactly(1);
            await().until(batcher::idle);
        }
    }

    @Test
    void closingInterruptsTheBatchUnderWay() throws InterruptedException {
        var batcher = batcher();
        batcher.offer(1);
        next();
        assertThat(batcher.idle()).isFalse();
        batcher.close();
        await().until(batcher::idle);
    }
}
