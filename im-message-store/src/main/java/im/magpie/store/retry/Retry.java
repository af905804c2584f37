package im.magpie.store.retry;

import static org.springframework.core.NestedExceptionUtils.getMostSpecificCause;

import im.magpie.store.StoreProperties;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Repeats what fails until it passes, on the caller's thread. Safe for use by many threads. */
@Component
public final class Retry {

    private static final Logger LOG = LoggerFactory.getLogger(Retry.class);

    private final StoreProperties.Backoff backoff;
    private final Counter failures;

    Retry(StoreProperties properties, MeterRegistry meters) {
        this.backoff = properties.retry();
        this.failures = Counter.builder("magpie.store.failures")
                .description("Steps that failed and were repeated")
                .baseUnit("failures")
                .register(meters);
    }

    /**
     * Returns what the action returns once it does.
     *
     * @param what completes the sentence "failed to ..." in the log
     * @throws TermEndedException when it failed and the term has ended
     * @throws UnrecoverableException as the action throws it
     */
    public <T> T untilDone(String what, Term term, Supplier<T> action) {
        for (int attempt = 0; ; attempt++) {
            try {
                return action.get();
            } catch (UnrecoverableException e) {
                throw e;
            } catch (RuntimeException e) {
                failures.increment();
                var pause = pauseAfter(attempt);
                LOG.warn(
                        "failed to {}, next attempt in {} ms: {}",
                        what,
                        pause.toMillis(),
                        getMostSpecificCause(e).toString());
                LOG.debug("failed to {}", what, e);
                if (term.endsWithin(pause)) {
                    throw new TermEndedException(what, e);
                }
            }
        }
    }

    /** {@link #untilDone} for an action that returns nothing. */
    public void untilPassed(String what, Term term, Runnable action) {
        untilDone(what, term, () -> {
            action.run();
            return true;
        });
    }

    /** Returns the wait after an attempt, counted from 0: doubled each time up to the longest, and up to a quarter shorter at random. */
    Duration pauseAfter(int attempt) {
        long full = Math.min(backoff.longest().toNanos(), backoff.first().toNanos() << Math.min(attempt, 20));
        return Duration.ofNanos(full - ThreadLocalRandom.current().nextLong(full / 4 + 1));
    }
}
