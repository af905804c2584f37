package im.magpie.service.index;

import static java.nio.charset.StandardCharsets.US_ASCII;

import im.magpie.service.epoch.Partition;
import im.magpie.service.epoch.PartitionScripts;
import im.magpie.service.redis.Script;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Lets go the indexes and watermarks of users who have been away for long, so that Redis holds those of active users only. Their next use
 * builds them from MySQL again. An index version does not go back by that: the index goes on above it, and a device that has seen it takes what
 * it needs, or the whole list.
 *
 * <p>Blocks; meant for virtual threads; safe for use by many, in any number of services.
 */
public final class IdleUsers {

    private static final Script IDLE = Script.ofPartition("index", "idle");
    private static final List<String> KEYS =
            List.of("version", "start", "idle", "mark", "dirty", "settings", "index:", "session", "moved", "newest");
    private static final String BEGINNING = "0";

    private final PartitionScripts scripts;
    private final Duration after;
    /** Where the scan of each partition's users goes on. A cursor of an epoch gone by does no harm: it starts somewhere. */
    private final ConcurrentMap<Partition, String> cursors = new ConcurrentHashMap<>();

    /** @param after how long a user has no session and no change before he is let go */
    public IdleUsers(PartitionScripts scripts, Duration after) {
        this.scripts = scripts;
        this.after = after;
    }

    /**
     * Looks through a piece of a user partition, and lets go whom it finds idle. Bounded.
     *
     * @return whether there is more of the partition to look through
     * @throws im.magpie.common.error.MagpieException UNAVAILABLE when Redis did not answer
     */
    public boolean letGo(int partition) {
        var users = Partition.ofUsers(partition);
        var cursor = cursors.getOrDefault(users, BEGINNING);
        var reply = scripts.run(
                users,
                IDLE,
                KEYS,
                List.of(
                        cursor.getBytes(US_ASCII),
                        Long.toString(after.toMillis()).getBytes(US_ASCII)));
        cursors.put(users, reply.values().text(0));
        return reply.values().number(1) == 1;
    }
}
