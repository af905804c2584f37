package im.magpie.store.retention;

import im.magpie.store.StoreProperties;
import im.magpie.store.retry.Retry;
import im.magpie.store.retry.Term;
import im.magpie.store.retry.TermEndedException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Makes the rounds, on a thread of its own: from when the service is ready until it begins to close. */
@Component
class RetentionWorker {

    private static final Logger LOG = LoggerFactory.getLogger(RetentionWorker.class);

    private final RetentionRound round;
    private final Retry retry;
    private final Duration interval;
    private final Duration stopTimeout;
    private final Term term = new Term();
    private @Nullable Thread thread;

    RetentionWorker(RetentionRound round, Retry retry, StoreProperties properties) {
        this.round = round;
        this.retry = retry;
        this.interval = properties.retention().interval();
        this.stopTimeout = properties.stopTimeout();
    }

    @EventListener(ApplicationReadyEvent.class)
    synchronized void start() {
        if (thread == null && !term.hasEnded()) {
            thread = Thread.ofPlatform().daemon().name("retention").start(this::work);
        }
    }

    private void work() {
        try {
            do {
                retry.untilPassed("delete what has outlived its retention", term, () -> round.run(term));
            } while (!term.endsWithin(interval));
        } catch (TermEndedException e) {
            LOG.info("a round is left to others: {}", e.getMessage());
        }
    }

    /** Waits for the batch under way. */
    @EventListener(ContextClosedEvent.class)
    synchronized void stop() throws InterruptedException {
        term.end();
        if (thread != null && !thread.join(stopTimeout)) {
            thread.interrupt();
        }
    }
}
