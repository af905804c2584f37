package im.magpie.e2e.crowd;

import im.magpie.e2e.people.Device;
import im.magpie.e2e.people.Person;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/** Devices that send on and on, each with some messages under way at a time, until there is enough. */
public final class Traffic implements AutoCloseable {

    private final SplittableRandom random;
    private final int window;
    private final Duration pace;
    private final List<Thread> senders = new ArrayList<>();
    private volatile boolean enough;

    /**
     * @param seed decides who gets which message
     * @param window how many messages of a device are under way at a time
     * @param pace how long a device rests after a message
     */
    public Traffic(Seed seed, int window, Duration pace) {
        this.random = seed.random();
        this.window = window;
        this.pace = pace;
    }

    /** Begins to send from a device, to these people by chance, at most so many messages. */
    public void from(Device device, int most, Person... to) {
        var choices = random.split();
        senders.add(Thread.ofVirtual().name("traffic of " + device).start(() -> {
            var free = new Semaphore(window);
            for (var number = 1; number <= most && !enough; number++) {
                free.acquireUninterruptibly();
                var next = to[choices.nextInt(to.length)];
                var _ = device.sends(next, "%s says %d".formatted(device, number))
                        .whenComplete((_, _) -> free.release());
                LockSupport.parkNanos(pace.toNanos());
            }
        }));
    }

    /** Returns when every device has sent its most. */
    public void awaitSent() {
        for (var sender : senders) {
            try {
                sender.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            }
        }
    }

    /** Nothing more is to be sent; returns when nothing more will be. */
    public void stop() {
        enough = true;
        awaitSent();
    }

    @Override
    public void close() {
        enough = true;
    }
}
