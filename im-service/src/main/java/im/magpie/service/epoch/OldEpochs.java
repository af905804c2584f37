package im.magpie.service.epoch;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import im.magpie.service.redis.Script;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.redisson.api.RedissonClient;
import org.redisson.api.options.KeysScanOptions;
import org.redisson.client.RedisException;

/** Lets go what epochs gone by have left in Redis. Nobody reads it any more, so nothing depends on when this happens. */
public final class OldEpochs {

    private static final Script UNLINK = Script.ofPartition("unlink_old");
    private static final Pattern KEY = Pattern.compile("\\{([cu]):(\\d+)}:(\\d+):.*");
    private static final String PATTERN = "{[cu]:*}:*:*";
    private static final int CHUNK = 500;

    private final RedissonClient redisson;
    private final PartitionScripts scripts;
    private final Epochs epochs;
    private long seen;

    public OldEpochs(RedissonClient redisson, PartitionScripts scripts, Epochs epochs) {
        this.redisson = redisson;
        this.scripts = scripts;
        this.epochs = epochs;
    }

    /**
     * Unlinks keys of epochs that are over, as far as this process knows. Costs nothing unless an epoch was learned since the last time
     * that nothing was left. For one thread.
     *
     * @param limit at most 1,000
     * @return how many were found; less than limit: nothing is left
     * @throws MagpieException UNAVAILABLE when Redis did not answer
     */
    public int unlink(int limit) {
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
        try {
            return scan(limit);
        } catch (RedisException e) {
            throw new MagpieException(ErrorCode.UNAVAILABLE, "Redis did not answer to a scan", e);
        }
    }

    private Map<Partition, List<byte[]>> scan(int limit) {
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
