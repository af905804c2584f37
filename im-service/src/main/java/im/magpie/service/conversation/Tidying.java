package im.magpie.service.conversation;

import im.magpie.service.epoch.Partition;
import im.magpie.service.epoch.PartitionScripts;
import im.magpie.service.redis.Script;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Keeps Redis' memory bounded: what has served leaves, a piece at a time. */
final class Tidying {

    private static final Script TIDY = Script.ofPartition("conversation", "tidy");
    private static final List<String> KEYS =
            List.of("head", "body", "pending", "uncommitted", "changes", "buckets", "mark:");
    private static final String START = "0";

    private final PartitionScripts scripts;
    /** Where the scan of each partition's heads goes on. A cursor of an epoch gone by does no harm: it starts somewhere. */
    private final ConcurrentMap<Partition, String> cursors = new ConcurrentHashMap<>();

    Tidying(PartitionScripts scripts) {
        this.scripts = scripts;
    }

    boolean tidy(Partition partition) {
        var cursor = cursors.getOrDefault(partition, START);
        var reply = scripts.run(partition, TIDY, KEYS, List.of(cursor.getBytes(StandardCharsets.US_ASCII)));
        cursors.put(partition, reply.values().text(0));
        return reply.values().number(1) == 1;
    }
}
