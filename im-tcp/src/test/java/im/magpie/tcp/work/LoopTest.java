package im.magpie.tcp.work;

import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.dubbo.rpc.RpcException;
import org.junit.jupiter.api.Test;

class LoopTest {

    @Test
    void endsEvenWhenAStepSwallowsItsInterrupt() throws InterruptedException {
        var steps = new AtomicInteger();
        var loop = Loop.start("test", () -> {
            steps.incrementAndGet();
            try {
                Thread.sleep(Duration.ofHours(1));
            } catch (InterruptedException _) {
                // As a library may.
            }
        });
        await().until(() -> steps.get() == 1);
        loop.close();
        loop.join(Duration.ofSeconds(10));
        await().until(() -> steps.get() == 1);
    }

    @Test
    void findsAnInterruptAmongTheCauses() {
        var interrupted = new RpcException("lost", new IllegalStateException(new InterruptedException()));
        assertThatThrownBy(() -> Loop.throwIfInterrupted(interrupted)).isInstanceOf(InterruptedException.class);
        assertThatNoException().isThrownBy(() -> Loop.throwIfInterrupted(new RpcException("lost")));
    }
}
