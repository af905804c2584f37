package im.magpie.service.conversation;

import im.magpie.service.epoch.Partition;
import im.magpie.service.epoch.PartitionScripts;
import im.magpie.service.redis.Script;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pending records of a partition. */
final class PendingRecords {

    private static final Logger log = LoggerFactory.getLogger(PendingRecords.class);
    private static final Script CLAIM = Script.ofPartition("claim");
    private static final Script READ = Script.ofPartition("pending");
    private static final List<String> KEYS = List.of("body", "pending");

    private final PartitionScripts scripts;

    PendingRecords(PartitionScripts scripts) {
        this.scripts = scripts;
    }

    Claim claim(Partition partition, int limit) {
        var most = Integer.toString(Math.min(limit, Chunks.MOST_ENTRIES)).getBytes(StandardCharsets.US_ASCII);
        var reply = scripts.run(partition, CLAIM, KEYS, List.of(most));
        var messages = new ArrayList<PendingMessage>(reply.values().size() / 2);
        for (var i = 0; i < reply.values().size(); i += 2) {
            var sequence = sequenceOf(reply.values().text(i));
            try {
                messages.add(Body.decode(reply.epoch(), sequence, reply.values().bytes(i + 1)));
            } catch (RuntimeException e) {
                // A fault of ours; it must not keep the others from being settled.
                log.error("The pending message {} can't be read", reply.values().text(i), e);
            }
        }
        return new Claim(reply.epoch(), messages);
    }

    /** Returns those of the messages at these positions that are still pending. */
    Map<Position, PendingMessage> at(Partition partition, long epoch, List<Position> positions) {
        var found = HashMap.<Position, PendingMessage>newHashMap(positions.size());
        for (var chunk : Chunks.of(positions)) {
            var members = chunk.stream().map(PendingRecords::member).toList();
            var bodies = scripts.runIn(partition, epoch, READ, KEYS, members);
            for (var i = 0; i < chunk.size(); i++) {
                var body = bodies.bytes(i);
                if (body.length > 0) {
                    found.put(chunk.get(i), Body.decode(epoch, chunk.get(i).sequence(), body));
                }
            }
        }
        return found;
    }

    private static byte[] member(Position position) {
        return (position.conversation().field() + ':' + position.sequence()).getBytes(StandardCharsets.UTF_8);
    }

    /** The member is {@code app/conversation:sequence}. */
    private static long sequenceOf(String member) {
        return Long.parseLong(member.substring(member.lastIndexOf(':') + 1));
    }
}
