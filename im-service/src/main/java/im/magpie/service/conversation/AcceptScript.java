package im.magpie.service.conversation;

import im.magpie.service.epoch.Partition;
import im.magpie.service.epoch.PartitionScripts;
import im.magpie.service.redis.Script;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The caller's side of accept.lua. */
final class AcceptScript {

    private static final Script ACCEPT = Script.ofPartition("conversation", "accept");
    private static final List<String> KEYS =
            List.of("head", "body", "pending", "uncommitted", "buckets", "changes", "mark:");
    private static final int HEADER_BYTES = 38;

    private final PartitionScripts scripts;
    private final long maxUncommitted;

    AcceptScript(PartitionScripts scripts, long maxUncommitted) {
        this.scripts = scripts;
        this.maxUncommitted = maxUncommitted;
    }

    /**
     * An offer as the script wants it.
     *
     * @param heldAs what it is answered when it is new, because an earlier offer of the conversation was
     * @param lookedUpAt Redis' time of the answer that asked for the look-up, 0 for never
     */
    record Entry(Offer offer, @Nullable AcceptOutcome heldAs, long lookedUpAt) {}

    record Answer(AcceptOutcome outcome, long sequence, long ordinal, long serverTime) {}

    record Reply(ReplyTime time, List<Answer> answers) {}

    Reply run(Partition partition, long epoch, List<Entry> entries) {
        var conversations = new Directory();
        var offers = new ArrayList<byte[]>(entries.size() * 3);
        for (var entry : entries) {
            offers.add(header(conversations.indexOf(entry.offer().conversation()), entry));
            offers.add(entry.offer().key().hash());
            offers.add(Body.encode(entry.offer()));
        }
        var arguments = new ArrayList<byte[]>(1 + conversations.size() + offers.size());
        arguments.add(ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
                .putLong(maxUncommitted)
                .putInt(conversations.size())
                .array());
        arguments.addAll(conversations.fields());
        arguments.addAll(offers);
        var reply = scripts.runIn(partition, epoch, ACCEPT, KEYS, arguments);
        return new Reply(ReplyTime.of(reply.bytes(0)), answers(reply.bytes(1), entries.size()));
    }

    private static byte[] header(int conversation, Entry entry) {
        return ByteBuffer.allocate(HEADER_BYTES)
                .putInt(conversation)
                .put(entry.offer().admission().code())
                .put(entry.heldAs() == null ? 0 : entry.heldAs().code())
                .putLong(entry.offer().key().idTime())
                .putLong(entry.offer().shapeVersion())
                .putLong(entry.lookedUpAt())
                .putLong(entry.offer().target())
                .array();
    }

    private static List<Answer> answers(byte[] packed, int count) {
        var bytes = ByteBuffer.wrap(packed);
        var answers = new ArrayList<Answer>(count);
        for (var i = 0; i < count; i++) {
            answers.add(new Answer(AcceptOutcome.of(bytes.get()), bytes.getLong(), bytes.getLong(), bytes.getLong()));
        }
        return answers;
    }
}
