package im.magpie.service.conversation;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import im.magpie.common.rpc.ConversationHead;
import im.magpie.service.epoch.EpochReply;
import im.magpie.service.epoch.Partition;
import im.magpie.service.epoch.PartitionScripts;
import im.magpie.service.epoch.StaleEpochException;
import im.magpie.service.redis.Script;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Brings conversations' heads from the store into an epoch, prepared before anybody can see them: what an epoch gone by accepted and stored but never settled becomes
 * readable by this.
 */
final class HeadLoader {

    private static final Script LOAD = Script.ofPartition("conversation", "load");
    private static final List<String> KEYS = List.of("head");
    /** Clocks of two masters may differ by this much. */
    private static final long CLOCK_DOUBT_MILLIS = 60_000;

    private static final int ATTEMPTS = 5;

    private final PartitionScripts scripts;
    private final Store store;
    private final Preparation preparation;

    HeadLoader(PartitionScripts scripts, Store store, Preparation preparation) {
        this.scripts = scripts;
        this.store = store;
        this.preparation = preparation;
    }

    /**
     * Loads heads that a script missed.
     *
     * @param missed when the script ran
     * @throws StaleEpochException when the epoch is over
     * @throws MagpieException UNAVAILABLE when the store, Redis or who prepares them did not answer
     */
    void load(Partition partition, long epoch, ReplyTime missed, Collection<ConversationKey> conversations) {
        for (var chunk : Chunks.of(List.copyOf(conversations))) {
            var heads = store.heads(chunk);
            prepare(epoch, chunk, heads, missed.opened());
            var arguments = new ArrayList<byte[]>(2 + chunk.size());
            arguments.add(Long.toString(missed.now()).getBytes(StandardCharsets.US_ASCII));
            arguments.add(pack(heads));
            chunk.forEach(conversation -> arguments.add(conversation.field().getBytes(StandardCharsets.UTF_8)));
            scripts.runIn(partition, epoch, LOAD, KEYS, arguments);
        }
    }

    /**
     * What a script said of a partition's conversations.
     *
     * @param reply begins with {@link ReplyTime}
     * @param missing the conversations whose heads have to be loaded before it is asked again
     */
    record Reading<T>(EpochReply reply, Set<ConversationKey> missing, T result) {}

    /**
     * Returns the result of a script that only reads, once it misses nothing.
     *
     * @throws MagpieException UNAVAILABLE when the store, Redis or who prepares them did not answer
     */
    <T> T whole(Partition partition, Supplier<Reading<T>> script) {
        for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
            var reading = script.get();
            if (reading.missing().isEmpty()) {
                return reading.result();
            }
            try {
                var missed = ReplyTime.of(reading.reply().values().bytes(0));
                load(partition, reading.reply().epoch(), missed, reading.missing());
            } catch (StaleEpochException _) {
                // The next call is of the next epoch and misses them there.
            }
        }
        throw new MagpieException(ErrorCode.UNAVAILABLE, "heads of partition " + partition + " do not stay");
    }

    /** A conversation whose last message is of this epoch was settled before its head was let go. */
    private void prepare(long epoch, List<ConversationKey> conversations, List<ConversationHead> heads, long opened) {
        Map<ConversationKey, Long> shapes = new LinkedHashMap<>();
        for (var i = 0; i < heads.size(); i++) {
            var head = heads.get(i);
            if (head.getLastSequence() > 0 && head.getLastTime() < opened + CLOCK_DOUBT_MILLIS) {
                shapes.put(conversations.get(i), head.getShapeVersion());
            }
        }
        if (!shapes.isEmpty()) {
            preparation.prepare(epoch, shapes);
        }
    }

    private static byte[] pack(List<ConversationHead> heads) {
        var bytes = ByteBuffer.allocate(heads.size() * 4 * Long.BYTES);
        for (var head : heads) {
            bytes.putLong(head.getLastSequence())
                    .putLong(head.getLastOrdinal())
                    .putLong(head.getLastTime())
                    .putLong(head.getShapeVersion());
        }
        return bytes.array();
    }
}
