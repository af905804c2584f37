package im.magpie.service.epoch;

import im.magpie.service.redis.RedisScripts;
import im.magpie.service.redis.Script;
import im.magpie.service.redis.ScriptReply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs scripts on partitions. KEYS[1] is the partition's epoch key and ARGV[1] the epoch; the caller's keys and arguments follow from
 * KEYS[2] and ARGV[2]. Scripts are loaded by {@link Script#ofPartition}, whose prelude answers STALE where the epoch is another one, and
 * end with {@code return {1, ...}}; what follows the 1 is the reply. Blocks; meant for virtual threads.
 */
public final class PartitionScripts {

    private static final int ATTEMPTS = 5;

    private final RedisScripts scripts;
    private final Epochs epochs;

    public PartitionScripts(RedisScripts scripts, Epochs epochs) {
        this.scripts = scripts;
        this.epochs = epochs;
    }

    /**
     * Runs a script in the partition's current epoch; opens the next epoch where the current one is over. Only for arguments that mean
     * the same in every epoch.
     *
     * @param keys names within the epoch, such as {@code head} for {@code {c:17}:5:head}
     * @throws im.magpie.common.error.MagpieException UNAVAILABLE when Redis did not answer (the script may have run or not), or when no
     *     epoch could be opened in time
     */
    public EpochReply run(Partition partition, Script script, List<String> keys, List<byte[]> arguments) {
        var epoch = epochs.current(partition);
        for (var attempt = 1; ; attempt++) {
            try {
                return new EpochReply(epoch, runIn(partition, epoch, script, keys, arguments));
            } catch (StaleEpochException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                epoch = epochs.after(partition, epoch);
            }
        }
    }

    /**
     * Runs a script in this epoch or not at all.
     *
     * @throws StaleEpochException when the epoch is over
     * @throws im.magpie.common.error.MagpieException UNAVAILABLE when Redis did not answer: the script may have run or not
     */
    public ScriptReply runIn(
            Partition partition, long epoch, Script script, List<String> keys, List<byte[]> arguments) {
        var allKeys = new ArrayList<String>(keys.size() + 1);
        allKeys.add(partition.epochKey());
        keys.forEach(name -> allKeys.add(partition.key(epoch, name)));
        var allArguments = new ArrayList<byte[]>(arguments.size() + 1);
        allArguments.add(Long.toString(epoch).getBytes(StandardCharsets.US_ASCII));
        allArguments.addAll(arguments);
        var reply = scripts.run(script, allKeys, allArguments);
        if (reply.number(0) == 0) {
            throw new StaleEpochException(partition, epoch);
        }
        return reply.from(1);
    }
}
