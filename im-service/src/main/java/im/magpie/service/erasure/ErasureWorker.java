package im.magpie.service.erasure;

import im.magpie.common.database.Turn;
import im.magpie.common.error.MagpieException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** Looks for users who are to be erased, on a thread of its own, from its start to its close. */
final class ErasureWorker implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ErasureWorker.class);

    private final ErasureMapper mapper;
    private final Turn turn;
    private final ErasureWalk walk;
    private final ErasureProperties properties;
    private final Thread worker = Thread.ofVirtual().name("erasure").unstarted(this::run);

    ErasureWorker(ErasureMapper mapper, Turn turn, ErasureWalk walk, ErasureProperties properties) {
        this.mapper = mapper;
        this.turn = turn;
        this.walk = walk;
        this.properties = properties;
    }

    void start() {
        worker.start();
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(properties.interval());
                round();
            }
        } catch (InterruptedException _) {
            // Closed: another instance goes on, or this one when it is back.
        }
    }

    private void round() {
        try {
            var after = properties.after().toMillis();
            var next = mapper.next(after);
            while (next != null && turn.take() && walk.goOn(next)) {
                next = mapper.next(after);
            }
        } catch (MagpieException | DataAccessException e) {
            log.warn("An erasure is gone on with later", e);
        } catch (RuntimeException e) {
            // A fault of ours, which must not end what nobody else does.
            log.error("An erasure failed and is tried again", e);
        }
    }

    @Override
    public void close() {
        worker.interrupt();
    }
}
