package im.magpie.client;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.client.connection.Transport;
import im.magpie.client.testing.Await;
import im.magpie.client.testing.TestClients;
import im.magpie.codec.protocol.ChatMessage;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallbacksTest {

    private final EventLoopGroup loops = Transport.newGroup(1);
    private final EventLoop loop = loops.next();
    private final CountDownLatch hold = new CountDownLatch(1);
    private final BlockingQueue<Long> heard = new LinkedBlockingQueue<>();
    private final BlockingQueue<Boolean> crowds = new LinkedBlockingQueue<>();
    private final Callbacks callbacks = new Callbacks(new Slow(), loop, this::crowdedOrNot);

    private final class Slow implements ClientListener {

        @Override
        public void onMessage(ChatMessage message) {
            try {
                hold.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            heard.add(message.getSequence());
        }
    }

    private void crowdedOrNot() {
        crowds.add(callbacks.crowded());
    }

    @AfterEach
    void close() {
        hold.countDown();
        loops.shutdownGracefully();
    }

    private void tell(long from, long to) {
        loop.submit(() -> LongStream.rangeClosed(from, to)
                        .mapToObj(TestClients::message)
                        .forEach(message -> callbacks.tell(listener -> listener.onMessage(message))))
                .syncUninterruptibly();
    }

    @Test
    void saysWhenTheListenerDoesNotKeepUpAndWhenItDoesAgain() {
        tell(1, 9_999);
        assertThat(crowds).isEmpty();
        tell(10_000, 10_500);
        assertThat(crowds).containsExactly(true);
        hold.countDown();
        Await.until(() -> heard.size() == 10_500, "all calls");
        Await.until(() -> crowds.size() == 2, "the end of the crowd");
        assertThat(crowds).containsExactly(true, false);
        assertThat(List.copyOf(heard))
                .isEqualTo(LongStream.rangeClosed(1, 10_500).boxed().toList());
    }

    @Test
    void whatWaitsIsStillToldAfterTheEnd() {
        tell(1, 3);
        loop.submit(callbacks::close).syncUninterruptibly();
        hold.countDown();
        Await.until(() -> heard.size() == 3, "what waited");
    }

    @Test
    void whatHangsOnAFutureDoesNotRunOnTheLoop() {
        var future = new CompletableFuture<String>();
        var onLoop = future.thenApply(_ -> loop.inEventLoop());
        loop.execute(() -> callbacks.complete(future, "done"));
        assertThat(Await.value(onLoop)).isFalse();
    }
}
