package im.magpie.service.group;

import im.magpie.common.error.MagpieException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** Appends what was committed and left, because whoever had committed it did not come that far. On a thread of its own, from its start to its close. */
final class GroupSweep implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(GroupSweep.class);

    private static final Duration PAUSE = Duration.ofSeconds(2);
    /** Younger ones are most likely being appended. */
    private static final Duration LEFT_AFTER = Duration.ofSeconds(3);

    private static final int GROUPS_AT_ONCE = 200;

    private final GroupChangeMapper changes;
    private final GroupTimeline timeline;
    private final LongSupplier clock;
    private final Thread worker = Thread.ofVirtual().name("group-sweep").unstarted(this::run);

    /** @param clock the server's, unix milliseconds */
    GroupSweep(GroupChangeMapper changes, GroupTimeline timeline, LongSupplier clock) {
        this.changes = changes;
        this.timeline = timeline;
        this.clock = clock;
    }

    void start() {
        worker.start();
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(PAUSE);
                round();
            }
        } catch (InterruptedException _) {
            // Closed.
        }
    }

    private void round() {
        try {
            changes.waiting(clock.getAsLong() - LEFT_AFTER.toMillis(), GROUPS_AT_ONCE)
                    .forEach(timeline::append);
        } catch (MagpieException | DataAccessException e) {
            log.debug("Events of groups are appended later", e);
        } catch (RuntimeException e) {
            // A fault of ours, which must not end what nobody else does.
            log.error("Events of groups could not be appended", e);
        }
    }

    @Override
    public void close() {
        worker.interrupt();
    }
}
