package im.magpie.service.group;

import im.magpie.common.error.MagpieException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** Appends what was committed and left, because whoever had committed it did not come that far. Blocks; for one thread. */
final class GroupSweep {

    private static final Logger log = LoggerFactory.getLogger(GroupSweep.class);

    /** Younger ones are most likely being appended. */
    private static final Duration LEFT_AFTER = Duration.ofSeconds(3);

    private static final int GROUPS_AT_ONCE = 200;

    private final GroupChangeMapper changes;
    private final GroupTimeline timeline;
    private final LongSupplier clock;

    /** @param clock the server's, unix milliseconds */
    GroupSweep(GroupChangeMapper changes, GroupTimeline timeline, LongSupplier clock) {
        this.changes = changes;
        this.timeline = timeline;
        this.clock = clock;
    }

    /** Appends what has been left for a while. */
    void sweep() {
        try {
            changes.waiting(clock.getAsLong() - LEFT_AFTER.toMillis(), GROUPS_AT_ONCE)
                    .forEach(timeline::append);
        } catch (MagpieException | DataAccessException e) {
            log.debug("Events of groups are appended later", e);
        }
    }
}
