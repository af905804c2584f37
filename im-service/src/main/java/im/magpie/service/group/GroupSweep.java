package im.magpie.service.group;

import im.magpie.common.error.MagpieException;
import im.magpie.service.membership.GroupKey;
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
    /** Every group is behind it. */
    private static final GroupKey NONE = new GroupKey("", "");

    private final GroupChangeMapper changes;
    private final GroupTimeline timeline;
    private final LongSupplier clock;

    /** @param clock the server's, unix milliseconds */
    GroupSweep(GroupChangeMapper changes, GroupTimeline timeline, LongSupplier clock) {
        this.changes = changes;
        this.timeline = timeline;
        this.clock = clock;
    }

    /** Appends what has been left for a while; a group in which that fails keeps no other from it. */
    void sweep() {
        try {
            var before = clock.getAsLong() - LEFT_AFTER.toMillis();
            var waiting = changes.waiting(before, NONE, GROUPS_AT_ONCE);
            while (!waiting.isEmpty()) {
                waiting.forEach(this::append);
                waiting = changes.waiting(before, waiting.getLast(), GROUPS_AT_ONCE);
            }
        } catch (MagpieException | DataAccessException e) {
            log.debug("Events of groups are appended later", e);
        }
    }

    private void append(GroupKey group) {
        try {
            timeline.append(group);
        } catch (MagpieException | DataAccessException e) {
            log.debug("Events of {} are appended later", group, e);
        } catch (RuntimeException e) {
            // A fault of ours in one of its events.
            log.error("Events of {} can't be appended", group, e);
        }
    }
}
