package im.magpie.service.conversation;

import im.magpie.common.broker.AcceptedMessage;
import im.magpie.service.conversation.HeadLoader.Reading;
import im.magpie.service.epoch.EpochReply;
import im.magpie.service.epoch.Partition;
import im.magpie.service.epoch.PartitionScripts;
import im.magpie.service.redis.Script;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;

/** Reads heads and windows, loading the heads that are not there. */
final class Windows {

    private static final Script HEADS = Script.ofPartition("conversation", "heads");
    private static final Script READ = Script.ofPartition("conversation", "read");
    private static final int RANGE_BYTES = 24;

    private final PartitionScripts scripts;
    private final HeadLoader loader;

    Windows(PartitionScripts scripts, HeadLoader loader) {
        this.scripts = scripts;
        this.loader = loader;
    }

    List<Head> heads(Partition partition, List<ConversationKey> conversations) {
        var heads = new ArrayList<Head>(conversations.size());
        for (var chunk : Chunks.of(conversations)) {
            heads.addAll(loader.whole(partition, () -> headsOf(partition, chunk)));
        }
        return heads;
    }

    /** The ranges' limits count as entries of the script. */
    List<WindowPage> read(Partition partition, List<WindowRange> ranges) {
        var pages = new ArrayList<WindowPage>(ranges.size());
        for (var chunk : Chunks.of(ranges, WindowRange::limit, Chunks.MOST_ENTRIES)) {
            pages.addAll(loader.whole(partition, () -> pagesOf(partition, chunk)));
        }
        return pages;
    }

    private Reading<List<Head>> headsOf(Partition partition, List<ConversationKey> conversations) {
        var fields = conversations.stream()
                .map(conversation -> conversation.field().getBytes(StandardCharsets.UTF_8))
                .toList();
        var reply = scripts.run(partition, HEADS, List.of("head"), fields);
        var packed = ByteBuffer.wrap(reply.values().bytes(1));
        var heads = new ArrayList<Head>(conversations.size());
        var missing = new LinkedHashSet<ConversationKey>();
        for (var conversation : conversations) {
            if (packed.get() == 0) {
                missing.add(conversation);
            }
            heads.add(new Head(packed.getLong(), packed.getLong(), packed.getLong(), reply.epoch()));
        }
        return new Reading<>(reply, missing, heads);
    }

    private Reading<List<WindowPage>> pagesOf(Partition partition, List<WindowRange> ranges) {
        var directory = new Directory();
        var packed = ByteBuffer.allocate(ranges.size() * RANGE_BYTES);
        for (var range : ranges) {
            packed.putInt(directory.indexOf(range.conversation()))
                    .putLong(range.after())
                    .putLong(range.to())
                    .putInt(Math.min(range.limit(), Chunks.MOST_ENTRIES));
        }
        var arguments = new ArrayList<byte[]>();
        arguments.add(packed.array());
        arguments.addAll(directory.fields());
        var reply = scripts.run(partition, READ, List.of("head", "body", "changes"), arguments);
        return pages(reply, ranges);
    }

    private static Reading<List<WindowPage>> pages(EpochReply reply, List<WindowRange> ranges) {
        var bodies = Bodies.of(reply, ranges.size());
        var packed = ByteBuffer.wrap(reply.values().bytes(1));
        var pages = new ArrayList<WindowPage>(ranges.size());
        var missing = new LinkedHashSet<ConversationKey>();
        for (var i = 0; i < ranges.size(); i++) {
            if (packed.get() == 0) {
                missing.add(ranges.get(i).conversation());
            }
            var head = new Head(packed.getLong(), packed.getLong());
            var to = packed.getLong();
            var changes = bodies.get(i).changes().stream()
                    .filter(change -> change.getTarget() <= to)
                    .toList();
            pages.add(new WindowPage(head, to, bodies.get(i).messages(), changes));
        }
        return new Reading<>(reply, missing, pages);
    }

    /** What a reply has for a range. */
    private record Bodies(List<AcceptedMessage> messages, List<AcceptedMessage> changes) {

        static List<Bodies> of(EpochReply reply, int ranges) {
            var bodies = Stream.generate(() -> new Bodies(new ArrayList<>(), new ArrayList<>()))
                    .limit(ranges)
                    .toList();
            var found = ByteBuffer.wrap(reply.values().bytes(2));
            for (var i = 3; found.hasRemaining(); i++) {
                var range = bodies.get(found.getInt());
                var body = Body.decode(
                                reply.epoch(), found.getLong(), reply.values().bytes(i))
                        .message();
                (found.get() == 0 ? range.messages() : range.changes()).add(body);
            }
            return bodies;
        }
    }
}
