package im.magpie.tcp.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.DefaultEventLoop;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PulseTest {

    @Test
    void tellsOfALoopThatStandsStill() throws InterruptedException {
        var told = new LinkedBlockingQueue<Boolean>();
        var release = new CountDownLatch(1);
        List<EventExecutor> loops = List.of(new DefaultEventLoop(), new DefaultEventLoop());
        try (var _ = new Pulse(loops, Duration.ofMillis(200), told::add)) {
            loops.getLast().submit(() -> release.await(1, TimeUnit.MINUTES));
            assertThat(told.poll(20, TimeUnit.SECONDS)).isFalse();
            release.countDown();
            assertThat(told.poll(20, TimeUnit.SECONDS)).isTrue();
        } finally {
            loops.forEach(EventExecutor::shutdownGracefully);
        }
    }
}
