package im.magpie.service.epoch;

import im.magpie.service.redis.RedisScripts;
import im.magpie.service.redis.Script;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The partitions' epoch keys in Redis. */
final class EpochKeys {

    private static final Script STATE = Script.plain("epoch_state");
    private static final Script BEGIN = Script.plain("epoch_begin");
    private static final Script OPEN = Script.plain("epoch_open");

    private final RedisScripts scripts;

    EpochKeys(RedisScripts scripts) {
        this.scripts = scripts;
    }

    EpochKey read(Partition partition) {
        var reply = scripts.run(STATE, List.of(partition.epochKey()), List.of());
        var epoch = reply.text(1);
        var state = switch (reply.text(3)) {
            case "open" -> EpochKey.State.OPEN;
            case "opening" -> EpochKey.State.OPENING;
            default -> EpochKey.State.NONE;
        };
        return new EpochKey(
                reply.text(0),
                epoch.isEmpty() ? 0 : Long.parseLong(epoch),
                reply.text(2),
                state,
                reply.text(4),
                reply.number(5) == 1);
    }

    /** Begins an epoch that was taken in MySQL; false when this is another Redis by now or somebody was faster. */
    boolean begin(Partition partition, long epoch, String replid) {
        return run(BEGIN, partition, Long.toString(epoch), replid);
    }

    /** Opens the epoch that a key was read as beginning; false when the key has moved on. */
    boolean open(Partition partition, EpochKey key) {
        return run(OPEN, partition, Long.toString(key.epoch()), key.replid(), key.begun());
    }

    private boolean run(Script script, Partition partition, String... arguments) {
        var bytes = List.of(arguments).stream()
                .map(argument -> argument.getBytes(StandardCharsets.US_ASCII))
                .toList();
        return scripts.run(script, List.of(partition.epochKey()), bytes).number(0) == 1;
    }
}
