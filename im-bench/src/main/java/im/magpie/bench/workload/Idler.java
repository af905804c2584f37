package im.magpie.bench.workload;

import im.magpie.bench.MeasurementException;
import im.magpie.bench.client.Peer;
import im.magpie.bench.client.Role;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Is there, and no more; one is enough for any number of connections. Any thread may use it. */
final class Idler implements Role {

    private static final Duration TO_REST = Duration.ofSeconds(3);

    private final AtomicReference<@Nullable String> failure = new AtomicReference<>();

    @Override
    public void lost(Peer peer, String why) {
        failure.compareAndSet(null, why);
    }

    /** Lets the system come to rest, and returns what it spends then, while nobody does anything. */
    Span watch(Bench bench) {
        LockSupport.parkNanos(TO_REST.toNanos());
        var idle = Span.of(
                bench.servers(),
                () -> LockSupport.parkNanos(
                        Duration.ofSeconds(bench.settings().idleSeconds()).toNanos()));
        requireAll();
        return idle;
    }

    /** @throws MeasurementException when a connection is lost */
    void requireAll() {
        var why = failure.get();
        if (why != null) {
            throw new MeasurementException(why);
        }
    }
}
