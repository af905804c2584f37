package im.magpie.service.room;

import im.magpie.common.error.MagpieException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;

/** Deletes what rooms knew of somebody and does not hold any more, so that only those have rows of whom there is something to know. */
final class RoomTidy {

    private static final Logger log = LoggerFactory.getLogger(RoomTidy.class);
    private static final int ROWS_AT_ONCE = 500;
    private static final int STEPS = 20;

    /** Whoever reads by a clock that is a little behind still finds what has ended a moment ago. */
    private static final Duration GRACE = Duration.ofMinutes(1);

    private final RoomUserMapper users;
    private final LongSupplier clock;

    /** @param clock the server's, unix milliseconds */
    RoomTidy(RoomUserMapper users, LongSupplier clock) {
        this.users = users;
        this.clock = clock;
    }

    /** Deletes some, within a bound: the rest is for the next time. */
    @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.MINUTES)
    void tidy() {
        try {
            var before = clock.getAsLong() - GRACE.toMillis();
            for (var step = 0; step < STEPS && users.deleteEnded(before, ROWS_AT_ONCE) == ROWS_AT_ONCE; step++) {
                log.debug("More has ended in rooms");
            }
        } catch (MagpieException | DataAccessException e) {
            log.debug("What has ended in rooms is deleted later", e);
        }
    }
}
