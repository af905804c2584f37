package im.magpie.service.pipeline;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work that is done again and again on a thread of its own, from its start to its close. */
public final class Recurring implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Recurring.class);

    private final Duration pause;
    private final Work work;
    private final Thread worker;

    /** A round of it. */
    @FunctionalInterface
    public interface Work {
        void doRound() throws InterruptedException;
    }

    /** @param pause from the end of a round to the start of the next */
    public Recurring(String name, Duration pause, Work work) {
        this.pause = pause;
        this.work = work;
        this.worker = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    public void start() {
        worker.start();
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(pause);
                round();
            }
        } catch (InterruptedException _) {
            // Closed.
        }
    }

    private void round() throws InterruptedException {
        try {
            work.doRound();
        } catch (RuntimeException e) {
            // A fault of ours, which must not end what nobody else does.
            log.error("{} failed and goes on", Thread.currentThread().getName(), e);
        }
    }

    @Override
    public void close() {
        worker.interrupt();
    }
}
