package im.magpie.service.epoch;

import im.magpie.common.error.MagpieException;
import im.magpie.service.redis.Script;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.redisson.api.RedissonClient;
import org.redisson.api.options.KeysScanOptions;
import org.redisson.client.RedisException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets go what epochs gone by have left in Redis. Nobody reads it any more, so nothing depends on when this happens. */
public final class OldEpochs implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(OldEpochs.class);

    private static final Script UNLINK = Script.ofPartition("unlink_old");
    private static final Pattern KEY = Pattern.compile("\\{([cu]):(\\d+)}:(\\d+):.*");
    private static final String PATTERN = "{[cu]:*}:*:*";
    private static final int CHUNK = 500;
    private static final int MOST_KEYS = 1_000;
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final RedissonClient redisson;
    private final PartitionScripts scripts;
    private final Epochs epochs;
    private final Thread worker = Thread.ofVirtual().name("old-epochs").unstarted(this::run);
    private long seen;

    public OldEpochs(RedissonClient redisson, PartitionScripts scripts, Epochs epochs) {
        this.redisson = redisson;
        this.scripts = scripts;
        this.epochs = epochs;
    }

    /** Begins to look after it, in a thread of its own. */
    public void start() {
        worker.start();
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(INTERVAL);
                unlinkAll();
            }
        } catch (InterruptedException _) {
            // Closed.
        }
    }

    private void unlinkAll() {
        try {
            while (unlink(MOST_KEYS) == MOST_KEYS) {
                log.debug("There is more of old epochs to unlink");
            }
        } catch (MagpieException | RedisException e) {
            log.debug("What old epochs left is unlinked another time", e);
        }
    }

    @Override
    public void close() {
        worker.interrupt();
    }

    /**
     * Unlinks keys of epochs that are over, as far as this process knows. Costs nothing unless an epoch was learned since the last time
     * that nothing was left. For one thread.
     *
     * @param limit at most 1,000
     * @return how many were found; less than limit: nothing is left
     */
    int unlink(int limit) {
        var learned = epochs.learned();
        if (learned == seen) {
            return 0;
        }
        var found = find(limit);
        found.forEach((partition, keys) -> {
            // Names are of the epoch in which this runs, or it does not run.
            scripts.runIn(partition, epochs.known(partition), UNLINK, List.of(), keys);
        });
        var count = found.values().stream().mapToInt(List::size).sum();
        if (count < limit) {
            seen = learned;
        }
        return count;
    }

    private Map<Partition, List<byte[]>> find(int limit) {
        var found = new HashMap<Partition, List<byte[]>>();
        var count = 0;
        for (var key : redisson.getKeys()
                .getKeys(KeysScanOptions.defaults().pattern(PATTERN).chunkSize(CHUNK))) {
            var match = KEY.matcher(key);
            if (match.matches()
                    && Long.parseLong(match.group(3)) < epochs.known(partition(match.group(1), match.group(2)))) {
                found.computeIfAbsent(partition(match.group(1), match.group(2)), _ -> new ArrayList<>())
                        .add(key.getBytes(StandardCharsets.UTF_8));
                count++;
            }
            if (count == limit) {
                break;
            }
        }
        return found;
    }

    private static Partition partition(String kind, String number) {
        return new Partition(
                kind.equals("c") ? PartitionKind.CONVERSATION : PartitionKind.USER, Integer.parseInt(number));
    }
}
