package im.magpie.service.erasure;

import im.magpie.common.database.Turn;
import im.magpie.common.error.MagpieException;
import im.magpie.common.user.UserKey;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** Looks for users who are to be erased, on a thread of its own, from its start to its close. */
final class ErasureWorker implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ErasureWorker.class);

    /** Between two attempts at one that fails. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final ErasureMapper mapper;
    private final Turn turn;
    private final ErasureWalk walk;
    private final ErasureMeters meters;
    private final ErasureProperties properties;
    private final Thread worker = Thread.ofVirtual().name("erasure").unstarted(this::run);
    private volatile boolean closed;

    ErasureWorker(
            ErasureMapper mapper, Turn turn, ErasureWalk walk, ErasureMeters meters, ErasureProperties properties) {
        this.mapper = mapper;
        this.turn = turn;
        this.walk = walk;
        this.meters = meters;
        this.properties = properties;
    }

    void start() {
        worker.start();
    }

    private void run() {
        try {
            while (!closed) {
                Thread.sleep(properties.interval());
                round();
            }
        } catch (InterruptedException _) {
            // Closed: another instance goes on, or this one when it is back.
        }
    }

    /** Erases whoever is due, unless it is another instance's turn. */
    void round() {
        try {
            var next = next();
            while (next != null && turn.take() && attempt(next)) {
                next = next();
            }
        } catch (DataAccessException e) {
            log.warn("Nobody can be erased for now", e);
        } catch (RuntimeException e) {
            // A fault of ours, which must not end what nobody else does.
            log.error("Looking for users who are to be erased failed and goes on", e);
        }
    }

    private @Nullable Erasure next() {
        meters.open(mapper.open());
        return mapper.next();
    }

    /**
     * Goes on with an erasure; one that fails waits, so that those behind it are not held up.
     *
     * @return whether to go on: it is still this instance's turn, and its life
     */
    private boolean attempt(Erasure erasure) {
        try {
            var done = walk.goOn(erasure);
            if (done) {
                meters.erased();
            }
            return done && !closed;
        } catch (MagpieException | DataAccessException e) {
            log.warn("{} is not erased yet, which is gone on with later", erasure.user(), e);
        } catch (RuntimeException e) {
            // A fault of ours, which must not end what nobody else does.
            log.error("{} can't be erased, which is tried again", erasure.user(), e);
        }
        return !closed && letWait(erasure.user());
    }

    private boolean letWait(UserKey user) {
        meters.failed();
        return turn.use(() -> mapper.failed(user, properties.interval().toMillis(), LONGEST_WAIT.toMillis()));
    }

    /** Waits a moment for what is under way, and lets others go on. */
    @Override
    public void close() {
        closed = true;
        worker.interrupt();
        try {
            worker.join(PATIENCE.toMillis());
            turn.give();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (DataAccessException e) {
            log.debug("The turn ends by itself", e);
        }
    }
}
