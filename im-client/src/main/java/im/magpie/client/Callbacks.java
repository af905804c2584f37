package im.magpie.client;

import io.netty.channel.EventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs what is the user's: it may block, and must never hold up the client's loop, which alone uses this. The listener
 * is called on one virtual thread, in order. A future completes on a virtual thread of its own, so that a listener may
 * wait for it.
 */
final class Callbacks {

    private static final Logger LOG = LoggerFactory.getLogger(Callbacks.class);

    /** So many waiting calls are a crowd, until half of them are done. */
    private static final int MANY = 10_000;

    private final ClientListener listener;
    private final EventLoop loop;
    private final Runnable crowdedOrNot;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("magpie-listener").factory());
    private final AtomicInteger waiting = new AtomicInteger();
    private boolean crowded;

    /** @param crowdedOrNot hears on the loop when {@link #crowded} changes */
    Callbacks(ClientListener listener, EventLoop loop, Runnable crowdedOrNot) {
        this.listener = listener;
        this.loop = loop;
        this.crowdedOrNot = crowdedOrNot;
    }

    /** Returns whether the listener does not keep up. */
    boolean crowded() {
        return crowded;
    }

    void tell(Consumer<ClientListener> call) {
        if (waiting.incrementAndGet() >= MANY && !crowded) {
            crowded = true;
            crowdedOrNot.run();
        }
        thread.execute(() -> {
            try {
                call.accept(listener);
            } catch (RuntimeException e) {
                LOG.warn("The listener failed", e);
            }
            if (waiting.decrementAndGet() == MANY / 2 && !loop.isShuttingDown()) {
                loop.execute(this::relax);
            }
        });
    }

    private void relax() {
        if (crowded && waiting.get() <= MANY / 2) {
            crowded = false;
            crowdedOrNot.run();
        }
    }

    <T> void complete(CompletableFuture<T> future, T value) {
        Thread.startVirtualThread(() -> future.complete(value));
    }

    void complete(CompletableFuture<Void> future) {
        Thread.startVirtualThread(() -> future.complete(null));
    }

    void fail(CompletableFuture<?> future, RuntimeException why) {
        Thread.startVirtualThread(() -> future.completeExceptionally(why));
    }

    /** Takes nothing more in; what waits is still told. */
    void close() {
        thread.shutdown();
    }
}
