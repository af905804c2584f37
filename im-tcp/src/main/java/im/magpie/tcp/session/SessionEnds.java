package im.magpie.tcp.session;

import im.magpie.common.rpc.SessionBatch;
import im.magpie.common.rpc.SessionRef;
import im.magpie.common.rpc.Sessions;
import im.magpie.tcp.work.Backoff;
import im.magpie.tcp.work.BatchSettings;
import im.magpie.tcp.work.Batcher;
import im.magpie.tcp.work.Loop;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the services which sessions are over. A session of which they never hear is not lost for long: it goes with the
 * next login of its device, or with the first push that nobody takes. Safe for use by many threads.
 */
public final class SessionEnds implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SessionEnds.class);
    private static final int ATTEMPTS = 3;

    private record End(SessionRef session, Consumer<Boolean> onTold) {}

    private final Sessions sessions;
    private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1));
    private final Batcher<End> batcher;

    /** Begins to work at once. */
    public SessionEnds(BatchSettings settings, Sessions sessions) {
        this.sessions = sessions;
        this.batcher = new Batcher<>("session-ends", settings, this::tell);
    }

    /** A connection is gone. Never blocks. */
    public void gone(SessionRef session) {
        end(session, _ -> {});
    }

    /** A session ends; {@code onTold} hears, by any thread, whether the services know. Never blocks. */
    public void end(SessionRef session, Consumer<Boolean> onTold) {
        if (!batcher.offer(new End(session, onTold))) {
            LOG.warn("Too many sessions end at once: the services are not told of one");
            onTold.accept(false);
        }
    }

    /** Returns whether the services know of all. */
    public boolean idle() {
        return batcher.idle();
    }

    private void tell(List<End> ends) throws InterruptedException {
        var batch = SessionBatch.newBuilder();
        ends.forEach(end -> batch.addSessions(end.session()));
        var told = tell(batch.build());
        ends.forEach(end -> end.onTold().accept(told));
    }

    private boolean tell(SessionBatch batch) throws InterruptedException {
        for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                sessions.logout(batch);
                return true;
            } catch (RuntimeException e) {
                Loop.throwIfInterrupted(e);
                LOG.warn("The end of {} sessions could not be told: {}", batch.getSessionsCount(), e.toString());
                backoff.await(attempt);
            }
        }
        return false;
    }

    @Override
    public void close() {
        batcher.close();
    }
}
